#include "uncertainty/random.h"

#include <math.h>

#include "base/clones.h"

enum {
    GROUPS = RANDOM_BLOCK / 8, /* two normals from each of four words */
    ROUNDS = 10
};

#define M0 0xD2511F53U
#define M1 0xCD9E8D57U
#define W0 0x9E3779B9U
#define W1 0xBB67AE85U

void random_philox(const uint32_t counter[4], const uint32_t key[2],
                   uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t p0 = (uint64_t)M0 * c0, p1 = (uint64_t)M1 * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += W0;
        k1 += W1;
    }
    out[0] = c0, out[1] = c1, out[2] = c2, out[3] = c3;
}

/* One round over all groups: a loop that vectorises. */
static inline void round_of(uint32_t c[4][GROUPS], uint32_t k0, uint32_t k1)
{
    for (int g = 0; g < GROUPS; g++) {
        uint64_t p0 = (uint64_t)M0 * c[0][g], p1 = (uint64_t)M1 * c[2][g];
        c[0][g] = (uint32_t)(p1 >> 32) ^ c[1][g] ^ k0;
        c[1][g] = (uint32_t)p1;
        c[2][g] = (uint32_t)(p0 >> 32) ^ c[3][g] ^ k1;
        c[3][g] = (uint32_t)p0;
    }
}

CLONES void random_normals(const struct random_stream *stream,
                           const float quantiles[RANDOM_QUANTILES],
                           uint32_t block, float z[RANDOM_BLOCK])
{
    uint32_t c[4][GROUPS];
    uint32_t k0 = stream->seed, k1 = stream->kind;
    for (uint32_t g = 0; g < GROUPS; g++) {
        c[0][g] = block * GROUPS + g;
        c[1][g] = stream->draw;
        c[2][g] = stream->factor;
        c[3][g] = stream->place;
    }
    for (int i = 0; i < ROUNDS; i++, k0 += W0, k1 += W1)
        round_of(c, k0, k1);
    for (int w = 0; w < 4; w++)
        for (int g = 0; g < GROUPS; g++) {
            z[2 * w * GROUPS + g] = quantiles[c[w][g] >> 20];
            z[(2 * w + 1) * GROUPS + g] = quantiles[c[w][g] >> 8 & 0xFFF];
        }
}

/* Standard normal quantile of p < 1/2, by Newton steps on erfc(). */
static double quantile(double p)
{
    double z =
        -sqrt(-2 * log(p)); /* too far out: the steps come in from there */
    for (int i = 0; i < 60; i++) {
        double density = exp(-z * z / 2) * 0.39894228040143268;
        double step = (erfc(-z * M_SQRT1_2) / 2 - p) / density;
        z -= fmax(-0.5, fmin(0.5, step));
    }
    return z;
}

void random_make_quantiles(float quantiles[RANDOM_QUANTILES])
{
    double variance = 0, half[RANDOM_QUANTILES / 2];
    for (int i = 0; i < RANDOM_QUANTILES / 2; i++) {
        half[i] = quantile((i + 0.5) / RANDOM_QUANTILES);
        variance += 2 * half[i] * half[i] / RANDOM_QUANTILES;
    }
    for (int i = 0; i < RANDOM_QUANTILES / 2; i++) {
        quantiles[i] = (float)(half[i] / sqrt(variance));
        quantiles[RANDOM_QUANTILES - 1 - i] = -quantiles[i];
    }
}

double random_uniform(const struct random_stream *stream, uint32_t at)
{
    const uint32_t counter[] = {at / 4, stream->draw, stream->factor,
                                stream->place};
    const uint32_t key[] = {stream->seed, stream->kind};
    uint32_t words[4];
    random_philox(counter, key, words);
    return (words[at % 4] + 0.5) / 4294967296.0;
}

double random_normal(const struct random_stream *stream, uint32_t at)
{
    double radius = sqrt(-2 * log(random_uniform(stream, 2 * at)));
    return radius * cos(2 * M_PI * random_uniform(stream, 2 * at + 1));
}

double random_gamma(const struct random_stream *stream, double shape)
{
    /* below 1: that of shape + 1, times u^(1/shape) */
    double boost = shape < 1 ? pow(random_uniform(stream, 0), 1 / shape) : 1.0;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (uint32_t i = 1;; i++) { /* ends: 95 % are accepted */
        double z = random_normal(stream, 2 * i);
        double v = 1 + c * z;
        double u = random_uniform(stream, 4 * i + 2);
        v = v * v * v;
        if (v > 0 && log(u) < z * z / 2 + d - d * v + d * log(v))
            return boost * d * v;
    }
}
