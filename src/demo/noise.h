/**
 * @file noise.h
 * @brief Random numbers and noise that are the same bits on every machine.
 *
 * Only +, -, *, / and floor: the C library's sin() or pow() may differ in the
 * last bit from one processor to the next, and a demo must not.
 */
#ifndef DEMO_NOISE_H
#define DEMO_NOISE_H

#include <stdint.h>

/** A sequence of random numbers (splitmix64, Steele et al. 2014). */
struct rng {
    uint64_t state;
};

uint64_t rng_next(struct rng *rng);
/** Uniform in [low, high). */
double rng_real(struct rng *rng, double low, double high);
/** Uniform in 0 .. count - 1; count > 0. */
int rng_int(struct rng *rng, int count);

/** Uniform in [0, 1), a function of its arguments alone. */
double noise_hash(uint64_t seed, int64_t x, int64_t y);

/** Gradient noise (Perlin 2002), about -0.8 .. 0.8, of unit wavelength. */
double noise_at(uint64_t seed, double x, double y);

/** Sum of `octaves` noises, each of half the wavelength and strength of the
 * one before, about -1 .. 1; the first has wavelength `wave`. */
double noise_fbm(uint64_t seed, double x, double y, double wave, int octaves);

/** 0 below `low`, 1 above `high`, smooth in between. */
double noise_ramp(double value, double low, double high);

#endif
