/**
 * @file palette.h
 * @brief The colours of every output; QML, PNG, PDF and HTML read them here.
 *
 * Colours are 0xRRGGBB. Suitability is viridis from yellow (least) to dark
 * violet (most suitable): on a light page dark reads as "more", the best land
 * stands out, and the order survives colour blindness and a grey printer.
 */
#ifndef OUTPUT_PALETTE_H
#define OUTPUT_PALETTE_H

enum {
    PALETTE_CLASSES = 5,  /**< S1 S2 S3 N1 N2 */
    PALETTE_MASKS = 7,    /**< marginal kinds 1..7 */
    PALETTE_FACTORS = 20, /**< limiting factors told apart */
    PALETTE_EXCLUDED = 0xbdbdbd,
    PALETTE_HATCH = 0xe6e6e6 /**< stripes drawn over PALETTE_EXCLUDED */
};

/** Colour of class 1..5 (S1..N2); any other number: PALETTE_EXCLUDED. */
unsigned palette_class(int number);

/** Colour of a suitability score; clamped to 0..100. */
unsigned palette_score(int score);

/** Colour of a mask of marginal kinds (1 polluted_soil, 2 catchment, 4
 * right_of_way, and their sums); outside 1..7: PALETTE_EXCLUDED. */
unsigned palette_marginal(int mask);

/** Colour of the limiting factor at `position` (from 1, as in limiting.tif);
 * repeats after PALETTE_FACTORS; below 1: PALETTE_EXCLUDED. */
unsigned palette_factor(int position);

/** 0xRRGGBB as an opaque 0xAARRGGBB, the form that maps use. */
static inline unsigned palette_opaque(unsigned rgb)
{
    return 0xff000000U | rgb;
}

/** Black or white, whichever reads better on `rgb` (WCAG contrast). */
unsigned palette_ink(unsigned rgb);

#endif
