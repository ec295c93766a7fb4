# Thin front for SwiftPM and the rigs in scripts/: build, install as distributions do, test, show, measure.

SWIFT   ?= swift
CC      ?= cc
INSTALL ?= install
STRIP   ?= strip

PREFIX       ?= /usr/local
MULTIARCH    ?= $(shell $(CC) -print-multiarch 2>/dev/null)
LIBDIR       ?= $(PREFIX)/lib$(if $(MULTIARCH),/$(MULTIARCH))
INCLUDEDIR   ?= $(PREFIX)/include
PKGCONFIGDIR ?= $(LIBDIR)/pkgconfig
DESTDIR      ?=

# The version of the interface; the file name counts interface revisions, as the reference's does.
VERSION       := 1.3.0
SONAME        := libvirglrenderer.so.1
FILE_NAME     := $(SONAME).11.0
SHARED_OBJECT ?= .build/release/libvirglrenderer.so

# Programs that load a library built for AddressSanitizer need its runtime first.
ASAN_RUNTIME = $(shell clang -print-file-name=libclang_rt.asan-x86_64.so)

# What uses threads of the library.
THREADED_TESTS = PlatformTests|FenceTimelinesTests|FencePropertyTests|FenceTests|FenceFileTests|FenceQueryTests|FenceWaitTests

# Rigs: which library (ours, reference, or a path), which piglit suite, which kind of host GL.
LIB     ?= ours
SUITE   ?= sanity
PROFILE ?= core

.PHONY: help deps build demo test test-asan test-tsan test-vm fuzz fuzz-asan bench bench-fence soak-fence soak format \
  conformance compare-pictures compare-programs guest compare-guest clean install uninstall

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 20
	@echo "Variables: LIB=$(LIB) SUITE=$(SUITE) PROFILE=$(PROFILE) PREFIX=$(PREFIX) LIBDIR=$(LIBDIR) DESTDIR=$(DESTDIR)"

deps: ## Install the Debian packages for building, tests, demo and benchmarks
	scripts/install-deps.sh

build: ## Build the shared library, optimised
	$(SWIFT) build -c release --product virglrenderer --disable-local-rpath

demo: ## Draw with real clients and a QEMU guest on the library; pictures in demo/
	LIB=$(LIB) scripts/demo.sh

test: ## The whole test suite (debug build)
	$(SWIFT) test

# ABITests compile C clients that know nothing of the sanitizer's runtime; they are of the interface, not of memory.
test-asan: ## The test suite, but for ABITests, under AddressSanitizer
	VIRGL_SANITIZE=1 ASAN_OPTIONS=detect_leaks=0 VIRGL_SERVER_PRELOAD=$(ASAN_RUNTIME) \
	  $(SWIFT) test --sanitize=address --scratch-path .build-asan --skip '^ABITests\.'

test-tsan: ## Everything with threads under ThreadSanitizer; GL drivers are not instrumented and not looked at
	VIRGL_SANITIZE=1 TSAN_OPTIONS="suppressions=$(CURDIR)/Tests/tsan-suppressions.txt ignore_noninstrumented_modules=1" \
	  $(SWIFT) test --sanitize=thread --scratch-path .build-tsan --filter "$(THREADED_TESTS)"

bench-fence: $(if $(filter ours,$(LIB)),build) ## Signal to callback in three modes, against the reference
	Benchmarks/bench-fence --lib $(LIB)

soak-fence: $(if $(filter ours,$(LIB)),build) ## 100,000 fences in each mode; fails when descriptors or memory grow
	Benchmarks/bench-fence --lib $(LIB) --soak 100000

# Who is soaked: qemu, qemu-newest, vtest, vtest-newest, or several of them; each for so many minutes.
MINUTES ?= 30
SUBJECT ?= qemu qemu-newest vtest vtest-newest

soak: $(if $(filter ours,$(LIB)),build) ## Clients come and go, devices are reset: MINUTES=30, SUBJECT=…
	nice -n 10 scripts/soak --lib $(LIB) --minutes $(MINUTES) $(SUBJECT)

test-vm: $(if $(filter ours,$(LIB)),build) ## The tests that need DRM nodes and sync files, in a QEMU guest that has them
	scripts/test-vm --lib $(LIB)

# Fuzzing: how long, and what (all, or one of commands, shaders, core, compat, es). Failing inputs go to fuzz-failures/.
SECONDS ?= 120
TARGET  ?= all
FUZZ_OPTIONS = --seconds $(SECONDS) $(if $(filter-out all,$(TARGET)),--target $(TARGET)) \
  --shaders Tests/Fixtures/shaders/real --shaders Tests/Fixtures/shaders/samples

fuzz: ## Damaged streams and shaders against the whole renderer: SECONDS=120, TARGET=all
	$(SWIFT) build -c release --product fuzz
	LIBGL_ALWAYS_SOFTWARE=1 .build/release/fuzz $(FUZZ_OPTIONS)

fuzz-asan: ## The same under AddressSanitizer
	VIRGL_SANITIZE=1 $(SWIFT) build -c release --sanitize=address --scratch-path .build-asan-release --product fuzz
	LIBGL_ALWAYS_SOFTWARE=1 ASAN_OPTIONS=detect_leaks=0 .build-asan-release/release/fuzz $(FUZZ_OPTIONS)

bench: $(if $(filter ours,$(LIB)),build) ## Instructions, GL calls, allocations and time per operation, against the reference
	Benchmarks/bench --lib $(LIB)

format: ## Format the Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

conformance: ## Piglit over vtest: SUITE=sanity|sample-gl|sample-shader|quick_gl|quick_shader, PROFILE=core|es-host
	scripts/conformance --suite $(SUITE) --lib $(LIB) --profile $(PROFILE)

compare-pictures: ## The same frame of 30 clients on the reference and on LIB
	scripts/compare-pictures --a reference --b $(LIB) --profile $(PROFILE)

compare-programs: ## Chromium, Firefox, Blender and a game on llvmpipe, the reference and LIB; installs them first
	scripts/compare-programs --lib $(LIB) --profile $(PROFILE)

guest: ## A QEMU guest draws, is reset, and draws again
	scripts/qemu-guest --lib $(LIB)

compare-guest: ## The same frames of a QEMU guest on the reference and on LIB, from inside and from its window
	scripts/qemu-guest --compare --lib $(LIB)

clean: ## Remove everything that was built or measured
	rm -rf .build .build-* demo conformance-results bench-results fuzz-failures

$(SHARED_OBJECT):
	$(MAKE) build

install: $(SHARED_OBJECT) ## Install library, headers and pkg-config file under DESTDIR/PREFIX
	$(INSTALL) -d "$(DESTDIR)$(LIBDIR)" "$(DESTDIR)$(INCLUDEDIR)/virgl" "$(DESTDIR)$(PKGCONFIGDIR)"
	$(INSTALL) -m 644 "$(SHARED_OBJECT)" "$(DESTDIR)$(LIBDIR)/$(FILE_NAME)"
	$(STRIP) --strip-unneeded "$(DESTDIR)$(LIBDIR)/$(FILE_NAME)"
	ln -sf $(FILE_NAME) "$(DESTDIR)$(LIBDIR)/$(SONAME)"
	ln -sf $(SONAME) "$(DESTDIR)$(LIBDIR)/libvirglrenderer.so"
	$(INSTALL) -m 644 include/virgl/virglrenderer.h include/virgl/virgl-version.h \
	  "$(DESTDIR)$(INCLUDEDIR)/virgl"
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	  -e 's|@VERSION@|$(VERSION)|' include/virglrenderer.pc.in > "$(DESTDIR)$(PKGCONFIGDIR)/virglrenderer.pc"
	chmod 644 "$(DESTDIR)$(PKGCONFIGDIR)/virglrenderer.pc"

uninstall: ## Remove what install placed
	rm -f "$(DESTDIR)$(LIBDIR)/$(FILE_NAME)" "$(DESTDIR)$(LIBDIR)/$(SONAME)" \
	  "$(DESTDIR)$(LIBDIR)/libvirglrenderer.so" "$(DESTDIR)$(PKGCONFIGDIR)/virglrenderer.pc" \
	  "$(DESTDIR)$(INCLUDEDIR)/virgl/virglrenderer.h" "$(DESTDIR)$(INCLUDEDIR)/virgl/virgl-version.h"
	-rmdir "$(DESTDIR)$(INCLUDEDIR)/virgl" 2>/dev/null
