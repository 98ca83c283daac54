#include <geodesic.h>
#include <math.h>
#include <proj.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "geo/crs.h"

static struct crs parsed(const char *text)
{
    struct crs crs;
    if (crs_parse(&crs, text) != TERRAMIS_OK)
        print_error("%s: %s\n", text, status_message());
    assert_non_null(crs.wkt);
    return crs;
}

static struct crs_step *step_of(const char *from, const char *to)
{
    struct crs a = parsed(from), b = parsed(to);
    struct crs_step *step;
    assert_int_equal(crs_step_open(&step, &a, &b), TERRAMIS_OK);
    crs_release(&a);
    crs_release(&b);
    return step;
}

static void is_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        print_error("%.10g is not %.10g\n", found, expected);
    assert_true(fabs(found - expected) <= tolerance);
}

static void codes_are_read(void **state)
{
    (void)state;
    struct crs crs = parsed("EPSG:2154");
    assert_string_equal(crs.id, "EPSG:2154");
    assert_string_equal(crs.name, "RGF93 v1 / Lambert-93");
    assert_true(crs.metric);
    is_near(crs.longitude, 0, 5); /* its area of use is France */
    is_near(crs.latitude, 46, 5);
    struct crs again = parsed(crs.wkt);
    assert_true(crs_same(&crs, &again));
    assert_true(again.metric);
    crs_release(&again);
    again = parsed("epsg:2154");
    assert_true(crs_same(&crs, &again));
    crs_release(&again);
    crs_release(&crs);
    assert_null(crs.wkt);
}

static void poles_and_the_antimeridian(void **state)
{
    (void)state;
    const struct {
        const char *text;
        bool wraps;
    } cases[] = {{"EPSG:2154", false},  {"EPSG:3035", false},
                 {"EPSG:32660", false}, {"EPSG:3031", true},
                 {"EPSG:3413", true},   {"EPSG:3832", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crs crs = parsed(cases[i].text);
        assert_int_equal(crs.wraps, cases[i].wraps);
        crs_release(&crs);
    }
}

static void metres_or_not(void **state)
{
    (void)state;
    const double degree = 0.017453292519943295, grad = degree * 0.9;
    const struct {
        const char *text;
        bool metric, geographic;
        double unit;
    } cases[] = {{"EPSG:2154", true, false, 1},
                 {"EPSG:32631", true, false, 1},
                 {"EPSG:27572", true, false, 1},
                 {"EPSG:3035", true, false, 1},
                 {"EPSG:4326", false, true, degree},
                 {"EPSG:4979", false, true, degree}, /* with heights */
                 {"EPSG:4807", false, true, grad},
                 {"EPSG:2263", false, false, 1200.0 / 3937},
                 {"EPSG:4978", false, false, 1}}; /* geocentric */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crs crs = parsed(cases[i].text);
        assert_int_equal(crs.metric, cases[i].metric);
        assert_int_equal(crs.geographic, cases[i].geographic);
        is_near(crs.unit, cases[i].unit, 1e-12);
        crs_release(&crs);
    }
}

/* Terrain comes with heights in its CRS: that must change nothing. */
static void heights_are_left_out(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"EPSG:5698", "EPSG:2154"},
                                           {"EPSG:5554", "EPSG:25831"},
                                           {"EPSG:7405", "EPSG:27700"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct crs high = parsed(pairs[i][0]), flat = parsed(pairs[i][1]);
        assert_true(crs_same(&high, &flat));
        assert_int_equal(high.metric, flat.metric);
        assert_int_equal(high.geographic, flat.geographic);
        assert_true(high.unit == flat.unit);
        crs_release(&high);
        crs_release(&flat);
    }
}

/* None of these may reach PROJ, which opens files and URLs. */
static void other_notations_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "2154",
                                        "EPSG:",
                                        "EPSG:21x4",
                                        "EPSG:12345678",
                                        "EPSG:2154 ",
                                        "Lambert-93",
                                        "IGNF:LAMB93",
                                        "+proj=longlat +datum=WGS84",
                                        "+init=epsg:2154",
                                        "http://127.0.0.1:9/crs",
                                        "https://epsg.io/2154",
                                        "file:///etc/passwd",
                                        "/etc/passwd",
                                        "urn:ogc:def:crs:EPSG::2154",
                                        "{\"type\":\"ProjectedCRS\"}",
                                        "FOO[\"x\"]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct crs crs;
        assert_int_equal(crs_parse(&crs, texts[i]), TERRAMIS_INPUT);
        assert_null(crs.wkt);
        assert_non_null(strstr(status_message(), "EPSG:number"));
        crs_release(&crs);
    }
    struct crs crs;
    static const char *const unknown[] = {"EPSG:1", "EPSG:9999999",
                                          "PROJCRS[\"x\"]"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(crs_parse(&crs, unknown[i]), TERRAMIS_INPUT);
        assert_non_null(strstr(status_message(), "not known to PROJ"));
        assert_non_null(strstr(status_message(), unknown[i]));
    }
    /* WKT of something that is no CRS */
    assert_int_equal(
        crs_parse(&crs, "ELLIPSOID[\"x\",6378137,298.25,LENGTHUNIT[\"m\",1]]"),
        TERRAMIS_INPUT);
}

static void the_same_in_other_words(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"EPSG:2154", "EPSG:2154", true},
        {"EPSG:2154", "EPSG:32631", false},
        {"EPSG:27572", "EPSG:27562", false}, /* Lambert zones */
        {"EPSG:4326",                        /* only the axes differ */
         "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS "
         "84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\","
         "0.0174532925199433],AXIS[\"Longitude\",EAST],AXIS[\"Latitude\","
         "NORTH]]",
         true},
        {"EPSG:4326", "EPSG:4171", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crs a = parsed(cases[i].a), b = parsed(cases[i].b);
        assert_int_equal(crs_same(&a, &b), cases[i].same);
        assert_int_equal(crs_same(&b, &a), cases[i].same);
        crs_release(&a);
        crs_release(&b);
    }
}

/* Shapefiles of IGN carry Lambert-93 with a TOWGS84 of zeros. */
static void a_bound_crs_is_stripped(void **state)
{
    (void)state;
    static const char bound[] =
        "PROJCS[\"RGF93 / Lambert-93\",GEOGCS[\"RGF93\",DATUM[\"Reseau_"
        "Geodesique_Francais_1993\",SPHEROID[\"GRS 1980\",6378137,"
        "298.257222101],TOWGS84[0,0,0,0,0,0,0]],PRIMEM[\"Greenwich\",0],UNIT["
        "\"degree\",0.0174532925199433]],PROJECTION[\"Lambert_Conformal_Conic_"
        "2SP\"],PARAMETER[\"latitude_of_origin\",46.5],PARAMETER[\"central_"
        "meridian\",3],PARAMETER[\"standard_parallel_1\",49],PARAMETER["
        "\"standard_parallel_2\",44],PARAMETER[\"false_easting\",700000],"
        "PARAMETER[\"false_northing\",6600000],UNIT[\"metre\",1]]";
    PJ_CONTEXT *context = proj_context_create();
    PJ *pj = proj_create(context, bound);
    assert_int_equal(proj_get_type(pj), PJ_TYPE_BOUND_CRS);
    struct crs one = parsed(bound);
    struct crs two = parsed(proj_as_wkt(context, pj, PJ_WKT2_2019, NULL));
    struct crs plain = parsed("EPSG:2154");
    assert_null(strstr(one.wkt, "BOUNDCRS"));
    assert_null(strstr(two.wkt, "BOUNDCRS"));
    assert_true(one.metric && two.metric);
    assert_true(crs_same(&one, &two));
    assert_true(crs_same(&one, &plain));
    crs_release(&one);
    crs_release(&two);
    crs_release(&plain);
    proj_destroy(pj);
    proj_context_destroy(context);
}

/* The point of IGN's transformation grid NTF -> RGF93 (ntf_r93.gsb). */
static void old_french_coordinates_take_the_grid(void **state)
{
    (void)state;
    struct crs_step *step = step_of("EPSG:27572", "EPSG:2154");
    assert_false(crs_step_is_identity(step));
    double p[2] = {453000, 2485000}, accuracy;
    crs_step_points(step, &p[0], &p[1], 1, 1, false);
    is_near(p[0], 504883.5477, 1e-4);
    is_near(p[1], 6919536.9868, 1e-4);
    assert_non_null(strstr(crs_step_name(step, 453000, 2485000, &accuracy),
                           "RGF93 v1 to NTF (2)"));
    is_near(accuracy, 1, 0.5);
    crs_step_points(step, &p[0], &p[1], 1, 1, true);
    is_near(p[0], 453000, 1e-3);
    is_near(p[1], 2485000, 1e-3);
    crs_step_close(step);
    /* to WGS 84 only the Helmert transformation is known */
    step = step_of("EPSG:27572", "EPSG:4326");
    p[0] = 453000;
    p[1] = 2485000;
    crs_step_points(step, &p[0], &p[1], 1, 1, false);
    is_near(p[0], 0.315062796, 1e-9); /* longitude first */
    is_near(p[1], 49.345524293, 1e-9);
    (void)crs_step_name(step, 453000, 2485000, &accuracy);
    is_near(accuracy, 2, 0.5);
    crs_step_close(step);
}

static void the_same_crs_moves_nothing(void **state)
{
    (void)state;
    struct crs_step *step = step_of("EPSG:2154", "EPSG:2154");
    assert_true(crs_step_is_identity(step));
    double p[2] = {490000.123456789, 6940000.987654321}, accuracy = -1;
    double q[2] = {p[0], p[1]};
    crs_step_points(step, &p[0], &p[1], 1, 1, false);
    crs_step_points(step, &p[0], &p[1], 1, 1, true);
    assert_memory_equal(p, q, sizeof p);
    assert_string_equal(crs_step_name(step, 0, 0, &accuracy),
                        "none (same CRS)");
    assert_true(accuracy == 0);
    crs_step_close(step);
    crs_step_close(NULL);
}

static void points_with_a_stride(void **state)
{
    (void)state;
    struct crs_step *step = step_of("EPSG:4326", "EPSG:2154");
    double p[3][3] = {{0.1, 49.5, 7}, {0.2, 49.4, 8}, {3, 46.5, 9}};
    double one[2] = {0.2, 49.4};
    crs_step_points(step, &p[0][0], &p[0][1], 3, 3, false);
    crs_step_points(step, &one[0], &one[1], 1, 1, false);
    assert_true(p[1][0] == one[0] && p[1][1] == one[1]);
    assert_true(p[0][2] == 7 && p[1][2] == 8 && p[2][2] == 9);
    is_near(p[2][0], 700000, 1e-6); /* the projection's origin */
    is_near(p[2][1], 6600000, 1e-6);
    double off[2] = {3, -90}; /* the cone's other end */
    crs_step_points(step, &off[0], &off[1], 1, 1, false);
    assert_true(!isfinite(off[0]) || !isfinite(off[1]));
    crs_step_close(step);
}

static void ballpark_operations_are_refused(void **state)
{
    (void)state;
    struct crs unknown =
        parsed("GEOGCRS[\"Ville\",DATUM[\"Repere de la ville\",ELLIPSOID["
               "\"Bessel 1841\",6377397.155,299.1528128]],CS[ellipsoidal,2],"
               "AXIS[\"lat\",north],AXIS[\"lon\",east],ANGLEUNIT[\"degree\","
               "0.0174532925199433]]");
    struct crs to = parsed("EPSG:2154");
    struct crs_step *step;
    assert_int_equal(crs_step_open(&step, &unknown, &to), TERRAMIS_INPUT);
    assert_null(step);
    assert_non_null(strstr(status_message(), "'Ville' to 'RGF93 v1"));
    assert_non_null(strstr(status_message(), "ballpark"));
    crs_release(&unknown);
    crs_release(&to);
}

/* Area on the ellipsoid by geodesics (Karney 2013) of a small square of the
 * projection, per planar square metre. */
static double geodesic_scale(const char *code, double x, double y, double side)
{
    struct crs_step *step = step_of(code, "EPSG:4171");
    struct geod_geodesic ellipsoid;
    struct geod_polygon polygon;
    geod_init(&ellipsoid, 6378137, 1 / 298.257222101);
    geod_polygon_init(&polygon, 0);
    const double corner[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 64; k++) { /* edges of the square are no
                                          geodesics: cut them small */
            const double *a = corner[i], *b = corner[(i + 1) % 4];
            double t = k / 64.0;
            double px = x + side / 2 * (a[0] + t * (b[0] - a[0]));
            double py = y + side / 2 * (a[1] + t * (b[1] - a[1]));
            crs_step_points(step, &px, &py, 1, 1, false);
            geod_polygon_addpoint(&ellipsoid, &polygon, py, px);
        }
    double area, perimeter;
    geod_polygon_compute(&ellipsoid, &polygon, 0, 1, &area, &perimeter);
    crs_step_close(step);
    return fabs(area) / (side * side);
}

/* The maps of the old French triangulation count in grads from Paris. */
static void areas_in_grads(void **state)
{
    (void)state;
    struct crs crs = parsed("EPSG:27572"); /* Lambert II extended */
    struct crs_area *area;
    double longitude, latitude;
    assert_int_equal(crs_area_open(&area, &crs), TERRAMIS_OK);
    /* by the same in degrees (EPSG:4275), on Clarke's ellipsoid of 1880 */
    is_near(crs_area_scale(area, 450000, 2500000), 0.9980279621, 1e-8);
    crs_area_degrees(area, 450000, 2500000, &longitude, &latitude);
    is_near(latitude, 49.47960886, 1e-5);
    crs_area_close(area);
    crs_release(&crs);
}

static void areas_on_the_ellipsoid(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        double x, y, low, high;
    } cases[] = {
        /* Le Havre: Lambert-93 shows areas 0.08 % too large there */
        {"EPSG:2154", 494000, 6938000, 0.9991, 0.9993},
        {"EPSG:2154", 700000, 6600000, 1.0015, 1.0025},
        {"EPSG:2154", 506000, 6896000, 0.9990, 1.0010},   /* Lisieux */
        {"EPSG:3035", 3600000, 2900000, 0.99999, 1.00001} /* equal-area */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct crs crs = parsed(cases[i].code);
        struct crs_area *area;
        assert_int_equal(crs_area_open(&area, &crs), TERRAMIS_OK);
        double scale = crs_area_scale(area, cases[i].x, cases[i].y);
        assert_true(scale > cases[i].low && scale < cases[i].high);
        is_near(scale,
                geodesic_scale(cases[i].code, cases[i].x, cases[i].y, 1000),
                2e-8);
        crs_area_close(area);
        crs_release(&crs);
    }
    crs_area_close(NULL);
}

static void areas_need_an_ellipsoid(void **state)
{
    (void)state;
    struct crs crs =
        parsed("ENGCRS[\"chantier\",EDATUM[\"borne\"],CS[Cartesian,2],AXIS[\"x"
               "\",east],AXIS[\"y\",north],LENGTHUNIT[\"metre\",1]]");
    struct crs_area *area;
    assert_false(crs.metric);
    assert_int_equal(crs_area_open(&area, &crs), TERRAMIS_INPUT);
    assert_null(area);
    assert_non_null(strstr(status_message(), "chantier"));
    crs_release(&crs);
    assert_true(crs_version()[0] >= '9');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read),
        cmocka_unit_test(poles_and_the_antimeridian),
        cmocka_unit_test(metres_or_not),
        cmocka_unit_test(heights_are_left_out),
        cmocka_unit_test(other_notations_are_refused),
        cmocka_unit_test(the_same_in_other_words),
        cmocka_unit_test(a_bound_crs_is_stripped),
        cmocka_unit_test(old_french_coordinates_take_the_grid),
        cmocka_unit_test(the_same_crs_moves_nothing),
        cmocka_unit_test(points_with_a_stride),
        cmocka_unit_test(ballpark_operations_are_refused),
        cmocka_unit_test(areas_in_grads),
        cmocka_unit_test(areas_on_the_ellipsoid),
        cmocka_unit_test(areas_need_an_ellipsoid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
