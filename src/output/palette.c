#include "output/palette.h"

#include <math.h>

/* viridis (van der Walt and Smith 2015, CC0) at 101 steps, from its light end:
 * position = score. The classes are its quarter points. */
static const unsigned viridis[101] = {
    0xfde725, 0xf6e620, 0xf1e51d, 0xeae51a, 0xe5e419, 0xdde318, 0xd8e219,
    0xd0e11c, 0xcae11f, 0xc2df23, 0xbddf26, 0xb5de2b, 0xaddc30, 0xa8db34,
    0xa0da39, 0x9bd93c, 0x93d741, 0x8ed645, 0x86d549, 0x81d34d, 0x7ad151,
    0x73d056, 0x6ece58, 0x67cc5c, 0x63cb5f, 0x5cc863, 0x58c765, 0x52c569,
    0x4ec36b, 0x48c16e, 0x42be71, 0x3fbc73, 0x3aba76, 0x37b878, 0x32b67a,
    0x2fb47c, 0x2cb17e, 0x29af7f, 0x26ad81, 0x25ab82, 0x22a884, 0x21a585,
    0x20a386, 0x1fa188, 0x1f9f88, 0x1e9c89, 0x1f9a8a, 0x1f978b, 0x1f958b,
    0x20928c, 0x21918c, 0x218e8d, 0x228b8d, 0x23898e, 0x24868e, 0x25848e,
    0x26828e, 0x27808e, 0x287d8e, 0x297b8e, 0x2a788e, 0x2b758e, 0x2c738e,
    0x2d718e, 0x2e6f8e, 0x2f6c8e, 0x306a8e, 0x31678e, 0x32658e, 0x33628d,
    0x355f8d, 0x365d8d, 0x375a8c, 0x38588c, 0x3a548c, 0x3b528b, 0x3c4f8a,
    0x3d4d8a, 0x3e4989, 0x3f4788, 0x414487, 0x424086, 0x433e85, 0x443a83,
    0x453882, 0x463480, 0x46327e, 0x472e7c, 0x472c7a, 0x482878, 0x482576,
    0x482173, 0x481d6f, 0x481b6d, 0x481769, 0x481467, 0x471063, 0x470d60,
    0x46085c, 0x450559, 0x440154};

/* From the Okabe-Ito and Tol sets: purple, blue and orange for the kinds alone,
 * a hue between two for both, nearly black for all three. Any two, and white
 * and PALETTE_EXCLUDED, are at least 0.09 apart (OKLab) in normal sight and
 * under simulated protanopia, deuteranopia and tritanopia (Machado 2009). */
static const unsigned marginal[PALETTE_MASKS + 1] = {
    PALETTE_EXCLUDED, 0xaa3377, 0x0072b2, 0x332288,
    0xe69f00,         0xd55e00, 0x009e73, 0x222222};

/* The same two sets, added one by one, each as far as possible from those
 * before it by the same measure; twenty can no longer all be far apart. */
static const unsigned factors[PALETTE_FACTORS] = {
    0x0072b2, 0xe69f00, 0x332288, 0x009e73, 0xd55e00, 0x99ddff, 0x8c564b,
    0xeedd88, 0x000000, 0xcc79a7, 0x5b3a1e, 0x77aadd, 0x882255, 0xee6677,
    0x222255, 0xddcc77, 0xaa3377, 0x66ccee, 0x00429d, 0xa5aa99};

unsigned palette_class(int number)
{
    if (number < 1 || number > PALETTE_CLASSES)
        return PALETTE_EXCLUDED;
    return viridis[100 - 25 * (number - 1)];
}

unsigned palette_score(int score)
{
    return viridis[score < 0 ? 0 : score > 100 ? 100 : score];
}

unsigned palette_marginal(int mask)
{
    return mask < 1 || mask > PALETTE_MASKS ? PALETTE_EXCLUDED : marginal[mask];
}

unsigned palette_factor(int position)
{
    return position < 1 ? PALETTE_EXCLUDED
                        : factors[(position - 1) % PALETTE_FACTORS];
}

static double linear_light(unsigned channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

unsigned palette_ink(unsigned rgb)
{
    double luminance = 0.2126 * linear_light(rgb >> 16 & 0xff) +
                       0.7152 * linear_light(rgb >> 8 & 0xff) +
                       0.0722 * linear_light(rgb & 0xff);
    /* white and black contrast equally at sqrt(1.05 * 0.05) - 0.05 */
    return luminance > 0.179 ? 0x000000 : 0xffffff;
}
