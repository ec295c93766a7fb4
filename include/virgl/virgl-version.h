/* SPDX-License-Identifier: MIT */

/*
 * The version of the virglrenderer interface that these headers describe. It is the interface's
 * version, not this implementation's: a client that asks for 1.3 finds everything 1.3 has.
 */

#ifndef VIRGL_VERSION_H
#define VIRGL_VERSION_H

#define VIRGL_MAJOR_VERSION (1)
#define VIRGL_MINOR_VERSION (3)
#define VIRGL_MICRO_VERSION (0)

/* 1 when the headers are at least version major.minor.micro, else 0; usable in #if. */
#define VIRGL_CHECK_VERSION(major, minor, micro)                            \
   ((VIRGL_MAJOR_VERSION > (major)) ||                                      \
    ((VIRGL_MAJOR_VERSION == (major)) && (VIRGL_MINOR_VERSION > (minor))) || \
    ((VIRGL_MAJOR_VERSION == (major)) && (VIRGL_MINOR_VERSION == (minor)) && \
     (VIRGL_MICRO_VERSION >= (micro))))

#endif /* VIRGL_VERSION_H */
