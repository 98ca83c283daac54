#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "fetch/provenance.h"
#include "unit/output/scratch.h"

static struct scratch scratch;
static char file[384];

static const struct provenance layers[] = {{.layer = "routes",
                                            .service = "wfs",
                                            .address = "https://a.fr/wfs",
                                            .licence = "Licence Ouverte 2.0",
                                            .date = "2026-01-01",
                                            .sha256 = "00",
                                            .features = 7},
                                           {.layer = "autres",
                                            .service = "url",
                                            .address = "https://b.fr",
                                            .date = "2020",
                                            .sha256 = "11",
                                            .features = 0}};

static void write_file(const char *text)
{
    FILE *stream = fopen(file, "w");
    fputs(text, stream);
    fclose(stream);
}

static void a_record_holds_for_its_file(void **state)
{
    (void)state;
    assert_false(provenance_is_ours(file));
    assert_false(provenance_holds(file, layers, 2));
    write_file("twelve bytes");
    assert_int_equal(provenance_write(file, layers, 2), TERRAMIS_OK);
    assert_true(provenance_is_ours(file));
    assert_true(provenance_holds(file, layers, 2));
    assert_false(provenance_holds(file, layers, 1));
    struct provenance other[2];
    memcpy(other, layers, sizeof other);
    other[1].sha256 = "22";
    assert_false(provenance_holds(file, other, 2));
    memcpy(other, layers, sizeof other);
    other[1].licence = "CC0";
    assert_false(provenance_holds(file, other, 2));
    memcpy(other, layers, sizeof other);
    other[0].settings = "member: x";
    assert_false(provenance_holds(file, other, 2));
    write_file("other");
    assert_false(provenance_is_ours(file));
    assert_false(provenance_holds(file, layers, 2));
}

/* A fetch that is killed, at each moment between a finished part and the record
 * of its file. */
static void a_replacement_is_ended(void **state)
{
    (void)state;
    char part[400], record[420];
    snprintf(part, sizeof part, "%s-part", file);
    snprintf(record, sizeof record, "%s.source.json", part);
    FILE *stream = fopen(part, "w");
    fputs("fourteen bytes", stream);
    fclose(stream);
    write_file("twelve bytes");
    assert_int_equal(provenance_write(file, layers, 1), TERRAMIS_OK);
    assert_int_equal(provenance_write(part, layers, 2), TERRAMIS_OK);
    provenance_settle(part, file); /* it is not in its place */
    assert_true(provenance_holds(file, layers, 1));
    assert_int_equal(rename(part, file), 0);
    assert_false(provenance_is_ours(file));
    provenance_settle(part, file);
    assert_true(provenance_holds(file, layers, 2));
    assert_int_equal(access(record, F_OK), -1);
    provenance_settle(part, file);
    assert_true(provenance_holds(file, layers, 2));
    /* and in one go; what cannot be replaced leaves no record */
    stream = fopen(part, "w");
    fclose(stream);
    assert_int_equal(provenance_write(part, layers, 1), TERRAMIS_OK);
    assert_int_equal(provenance_replace(part, "/dev/null/x"), TERRAMIS_OUTPUT);
    assert_int_equal(access(record, F_OK), -1);
    assert_int_equal(provenance_write(part, layers, 1), TERRAMIS_OK);
    assert_int_equal(provenance_replace(part, file), TERRAMIS_OK);
    assert_true(provenance_holds(file, layers, 1));
}

static void layers_take_it_over(void **state)
{
    (void)state;
    struct layer_config marginal[3] = {
        {.source = {.text = "f", .full = file}, .layer = "ROUTES"},
        {.source = {.text = "f", .full = file},
         .layer = "routes",
         .licence = "mine"},
        {.source = {.text = "f", .full = file}, .layer = "nobody"}};
    struct config config = {.path = "p.yaml",
                            .marginal.right_of_way = {marginal, 3}};
    config.parcels.layer.source = marginal[0].source;
    config.parcels.layer.layer = "autres";
    config.places.layer.source = marginal[0].source;
    config.places.layer.layer = "routes";
    write_file("twelve bytes");
    assert_int_equal(provenance_write(file, layers, 2), TERRAMIS_OK);
    assert_int_equal(provenance_apply(&config), TERRAMIS_OK);
    assert_string_equal(marginal[0].licence, "Licence Ouverte 2.0");
    assert_string_equal(marginal[0].date, "2026-01-01");
    assert_string_equal(marginal[1].licence, "mine");
    assert_string_equal(marginal[1].date, "2026-01-01");
    assert_null(marginal[2].licence);
    assert_null(config.parcels.layer.licence);
    assert_string_equal(config.parcels.layer.date, "2020");
    assert_string_equal(config.places.layer.licence, "Licence Ouverte 2.0");
    arena_release(&config.arena);
}

static void not_from_a_file_that_changed(void **state)
{
    (void)state;
    struct layer_config one = {.source = {.text = "f", .full = file},
                               .layer = "routes"};
    struct config config = {.path = "p.yaml", .marginal.catchment = {&one, 1}};
    write_file("thirteen byte");
    assert_int_equal(provenance_apply(&config), TERRAMIS_OK);
    assert_null(one.licence);
    assert_null(one.date);
    unlink(scratch_path(&scratch, "f.source.json"));
    assert_int_equal(provenance_apply(&config), TERRAMIS_OK);
    assert_null(one.licence);
    arena_release(&config.arena);
}

static void the_only_layer_needs_no_name(void **state)
{
    (void)state;
    struct layer_config one = {.source = {.text = "f", .full = file}};
    struct config config = {.path = "p.yaml", .marginal.catchment = {&one, 1}};
    assert_int_equal(provenance_write(file, layers, 1), TERRAMIS_OK);
    assert_int_equal(provenance_apply(&config), TERRAMIS_OK);
    assert_string_equal(one.date, "2026-01-01");
    arena_release(&config.arena);
    assert_int_equal(provenance_write("/nowhere/f", layers, 1),
                     TERRAMIS_OUTPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_holds_for_its_file),
        cmocka_unit_test(a_replacement_is_ended),
        cmocka_unit_test(layers_take_it_over),
        cmocka_unit_test(not_from_a_file_that_changed),
        cmocka_unit_test(the_only_layer_needs_no_name),
    };
    log_setup(true, false);
    scratch_open(&scratch);
    strcpy(file, scratch_path(&scratch, "f"));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
