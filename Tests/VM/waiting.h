/* Contexts whose work waits, and how it shows that it does. */
#ifndef WAITING_H
#define WAITING_H

#include "nodes.h"
#include "vmm.h"

/* Contexts 1, 2 and 3, and a blue picture for each, with its context's number. */
void start_three(enum host host);
/* submit() after other fences. */
int submit_after(uint32_t context, struct stream stream, uint64_t *fences, uint32_t count);
/* The context's next submission waits for the gate. */
void attach_gate(uint32_t context, const struct gate *gate);

/* The work before the fence, which makes the context's picture red, does not run even when there is time. */
void check_held(uint32_t context, uint64_t fence);
/* It runs and is reported. */
void check_done(uint32_t context, uint64_t fence);

#endif
