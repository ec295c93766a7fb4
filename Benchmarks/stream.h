/* A VirGL command stream under construction: a growing array of words, and one function per command used. */
#ifndef STREAM_H
#define STREAM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stream {
  uint32_t *words;
  size_t count, capacity;
};

enum command {
  NOP = 0, CREATE_OBJECT = 1, BIND_OBJECT = 2, DESTROY_OBJECT = 3, SET_VIEWPORTS = 4, SET_FRAMEBUFFER = 5,
  SET_VERTEX_BUFFERS = 6, CLEAR = 7, DRAW = 8, INLINE_WRITE = 9, SET_SAMPLER_VIEWS = 10, SET_INDEX_BUFFER = 11,
  SET_CONSTANTS = 12, SET_STENCIL_REF = 13, SET_BLEND_COLOUR = 14, SET_SCISSORS = 15, BIND_SAMPLERS = 18,
  SET_SUB_CONTEXT = 28, CREATE_SUB_CONTEXT = 29, BIND_SHADER = 31,
};

enum object {
  BLEND = 1, RASTERIZER = 2, DEPTH_STENCIL = 3, SHADER = 4, ELEMENTS = 5, VIEW = 6, SAMPLER = 7, SURFACE = 8,
};

static inline void put(struct stream *stream, uint32_t word) {
  if (stream->count == stream->capacity) {
    stream->capacity = stream->capacity ? stream->capacity * 2 : 1024;
    stream->words = realloc(stream->words, stream->capacity * sizeof *stream->words);
    if (!stream->words) abort();
  }
  stream->words[stream->count++] = word;
}

static inline void put_float(struct stream *stream, float value) {
  uint32_t word;
  memcpy(&word, &value, sizeof word);
  put(stream, word);
}

static inline void put_many(struct stream *stream, uint32_t word, unsigned count) {
  while (count--) put(stream, word);
}

static inline void head(struct stream *stream, enum command command, unsigned object, unsigned length) {
  put(stream, command | object << 8 | length << 16);
}

/* A command whose payload is spelled out. */
#define COMMAND(stream, command, object, ...)                                         \
  do {                                                                                \
    const uint32_t payload_[] = {__VA_ARGS__};                                        \
    head(stream, command, object, sizeof payload_ / sizeof *payload_);                \
    for (size_t i_ = 0; i_ < sizeof payload_ / sizeof *payload_; i_++) put(stream, payload_[i_]); \
  } while (0)

static inline void put_shader(struct stream *stream, uint32_t handle, uint32_t stage, const char *text) {
  size_t bytes = strlen(text) + 1, words = (bytes + 3) / 4;
  head(stream, CREATE_OBJECT, SHADER, 5 + words);
  put(stream, handle);
  put(stream, stage);
  put(stream, bytes);
  put(stream, bytes / 4 + 64); /* tokens: only a hint */
  put(stream, 0);
  for (size_t word = 0; word < words; word++) {
    uint32_t value = 0;
    size_t left = bytes - word * 4;
    memcpy(&value, text + word * 4, left < 4 ? left : 4);
    put(stream, value);
  }
}

#endif
