#include "yield/yield.h"

#define YIELD(name) extern const struct yield_op yield_##name;
#include "yield/yields.def"
#undef YIELD

static const struct operator* const operators[] = {
#define YIELD(name) &yield_##name.op,
#include "yield/yields.def"
#undef YIELD
};

const struct registry yield_registry = {N_("yield"), operators,
                                        sizeof operators / sizeof operators[0]};
