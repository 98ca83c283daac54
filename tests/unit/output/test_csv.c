#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>

#include "output/digest.h"
#include "unit/output/fake.h"

extern const struct output_op output_csv;

static char *text_of(struct fake *f, const char *name)
{
    long size = 0;
    char *bytes = scratch_bytes(scratch_path(&f->scratch, name), &size);
    assert_non_null(bytes);
    bytes[size] = '\0';
    return bytes;
}

static void parcels_as_rfc_4180(void **state)
{
    struct fake *f = *state;
    assert_int_equal(output_csv.territory(&f->job, &f->result), TERRAMIS_OK);
    char *text = text_of(f, "pilote/parcels.csv");
    static const char head[] = "parcel_id,territory,area_ha,double_ha,";
    assert_memory_equal(text, head, strlen(head));
    assert_non_null(strstr(text, ",plant_year,site,m_slope,m_road,"
                                 "v_slope,v_road,c_slope,c_road,"
                                 "score_vite,diff_vite,class_vite,rank_vite,"
                                 "year_vite\r\n"));
    /* quotes doubled, no formula */
    assert_non_null(
        strstr(text, "\r\n\"'=1+\"\"1\"\"\",pilote,0.5000,0.0000,0.6000,"
                     "0.0000,0.0000,0.6000,,0.1000,,0.5000,90.00,"
                     "80.00,S1,S1,slope,0.00,15.00,11.25,18.75,7.50,material,"
                     "state,,,,,,1,1,1,0.9000,0.9000,90.00,90.00,54.00,36.00,"
                     "90.00,0.00,S1,1,1\r\n"));
    assert_non_null(strstr(text, "\r\n\"b, 'deux'\",pilote,"));
    assert_non_null(strstr(text,
                           "\r\nc,pilote,0.5000,0.0000,0.1000,0.0000,0.0000,"
                           "0.1000,,0.1000,,0.0000,,,,,,,,,,0.00,none,none,"
                           ",,,,,,,,,,,,,,,,,,\r\n"));
    free(text);
}

/* Two scenarios, four kinds, two years. 0.6 ha in year 1: 0.5 ha of 15 t and
 * 0.1 ha of 12 t; without a limit all at once. */
static void scenarios_year_by_year(void **state)
{
    struct fake *f = *state;
    assert_int_equal(output_csv.project(&f->job), TERRAMIS_OK);
    char *text = text_of(f, "scenarios.csv");
    static const char head[] =
        "scenario,territory,marginal_kind,year,"
        "planted_ha,standing_ha,harvest_t,harvest_low_t,harvest_high_t\r\n"
        "base,pilote,polluted_soil,1,0.5000,0.5000,"
        "7.50,5.63,9.38\r\n";
    assert_memory_equal(text, head, strlen(head));
    assert_non_null(
        strstr(text, "base,pilote,any,1,0.6000,0.6000,8.70,6.53,10.88\r\n"
                     "base,pilote,any,2,0.4500,1.0500,12.90,9.68,16.13\r\n"));
    assert_non_null(
        strstr(text, "vite,pilote,any,2,0.0000,1.0500,12.90,9.68,16.13\r\n"));
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 1 + 2 * 4 * 2);
    free(text);
}

static void summary_counts_kinds(void **state)
{
    struct fake *f = *state;
    struct parcel *b = &f->result.analysis.parcels.items[1];
    b->nitrate[0] = 4, b->nitrate[1] = 20, b->nitrate[2] = 44;
    assert_int_equal(output_csv.project(&f->job), TERRAMIS_OK);
    char *text = text_of(f, "summary.csv");
    static const char head[] =
        "territory,marginal_kind,class,parcels,plantable_ha,tonnage_t_year,"
        "marginal_ha,excluded_ha,nitrate_kg_year,nitrate_low,nitrate_high\r\n";
    assert_memory_equal(text, head, strlen(head));
    assert_non_null(strstr(text, "\r\npilote,polluted_soil,S1,1,0.5000,7.50,"
                                 "0.6000,0.1000,,,\r\n"));
    /* the excluded parcel c has no class but counts for all */
    assert_non_null(strstr(text, "\r\npilote,polluted_soil,all,1,0.5000,7.50,"
                                 "0.7000,0.2000,,,\r\n"));
    /* b counts for both of its kinds, and once for any */
    char *catchment = strstr(text, "\r\npilote,catchment,S2,1,0.2500,3.00,");
    assert_non_null(catchment);
    size_t line = strcspn(catchment + 2, "\r") + 2;
    assert_memory_equal(catchment + line - 13, ",5.0,1.0,11.0", 13);
    assert_non_null(strstr(text, "\r\npilote,right_of_way,S2,1,0.2500,3.00,"));
    assert_non_null(strstr(text, "\r\npilote,any,S2,1,0.2500,3.00,"));
    assert_non_null(strstr(text, "\r\npilote,any,all,3,1.0500,12.90,1.4500,"
                                 "0.4000,5.0,1.0,11.0\r\n"));
    free(text);
}

static void sensitivity_where_asked_for(void **state)
{
    struct fake *f = *state;
    struct sensitivity shares[] = {{0.25, 0.5}, {NAN, NAN}};
    assert_int_not_equal(
        access(scratch_path(&f->scratch, "uncertainty.csv"), F_OK), 0);
    f->config.uncertainty.on = true;
    f->result.analysis.sensitivity = shares;
    assert_int_equal(output_csv.project(&f->job), TERRAMIS_OK);
    f->config.uncertainty.on = false;
    f->result.analysis.sensitivity = NULL;
    char *text = text_of(f, "uncertainty.csv");
    assert_string_equal(text, "territory,factor,weight,first_order,total\r\n"
                              "pilote,slope,0.6000,0.250,0.500\r\n"
                              "pilote,road,0.4000,,\r\n");
    free(text);
}

/* The digest of a table is known once it is written: of a file that looks the
 * same, but has other bytes, it is that of what was written. */
static void digests_are_known(void **state)
{
    struct fake *f = *state;
    struct digests digests = {0};
    struct output_job job = f->job;
    struct digest was, known;
    struct stat info;
    job.outputs = &digests;
    assert_int_equal(output_csv.territory(&job, &f->result), TERRAMIS_OK);
    const char *path = scratch_path(&f->scratch, "pilote/parcels.csv");
    assert_int_equal(digest_file(path, &was), TERRAMIS_OK);
    assert_int_equal(stat(path, &info), 0);
    int file = open(path, O_WRONLY);
    assert_int_equal(pwrite(file, "X", 1, 0), 1);
    assert_int_equal(
        futimens(file, (struct timespec[]){info.st_atim, info.st_mtim}), 0);
    close(file);
    assert_int_equal(digests_get(&digests, path, &known), TERRAMIS_OK);
    assert_true(digest_same(&was, &known));
    digests_release(&digests);
}

static void folder_is_missing(void **state)
{
    struct fake *f = *state;
    struct output_job job = f->job;
    job.dir = "/dev/full";
    assert_int_equal(output_csv.project(&job), TERRAMIS_OUTPUT);
    assert_non_null(strstr(terramis_message(), "/dev/full/summary.csv"));
}

int main(void)
{
    static struct fake fake;
    fake_open(&fake);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(parcels_as_rfc_4180, &fake),
        cmocka_unit_test_prestate(summary_counts_kinds, &fake),
        cmocka_unit_test_prestate(sensitivity_where_asked_for, &fake),
        cmocka_unit_test_prestate(scenarios_year_by_year, &fake),
        cmocka_unit_test_prestate(digests_are_known, &fake),
        cmocka_unit_test_prestate(folder_is_missing, &fake),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_close(&fake);
    return failed;
}
