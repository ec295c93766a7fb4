#ifndef CEPOXY_SHIM_H
#define CEPOXY_SHIM_H
/*
 * libepoxy publishes each GL and EGL entry point as a global function pointer. Swift 6 refuses
 * mutable globals of unknown isolation; these are written once by epoxy's own resolver (and by
 * tests that put a recording stub in their place), so both attributes below tell the importer that
 * reading them is fine.
 */
#pragma clang attribute push(__attribute__((swift_attr("nonisolated(unsafe)"))), apply_to = variable(is_global))
#pragma clang attribute push(__attribute__((swift_attr("safe"))), apply_to = variable(is_global))
#include <epoxy/gl.h>
#include <epoxy/egl.h>
#pragma clang attribute pop
#pragma clang attribute pop
#endif
