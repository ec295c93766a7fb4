# Thin front for SwiftPM: builds the shared library and lays it out as distributions do.

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

.PHONY: help deps build install uninstall

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 12
	@echo "Variables: PREFIX=$(PREFIX) LIBDIR=$(LIBDIR) DESTDIR=$(DESTDIR)"

deps: ## Install what the build needs (Debian, Ubuntu); the Swift 6.3 toolchain comes from swift.org
	apt-get install -y --no-install-recommends \
	  binutils gcc libc6-dev libdrm-dev libegl-dev libepoxy-dev libgbm-dev make pkg-config

build: ## Build the shared library, optimised
	$(SWIFT) build -c release --product virglrenderer

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
