# Terramis. `make help` lists the targets; MODE=release|asan|tsan|coverage
# chooses the build, each in a folder of its own.
MODE ?= release
# V=1 shows the commands
Q := $(if $(V),,@)
SAY := $(if $(V),true,echo)
# compilations at a time
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
B := build/$(MODE)

PKGS := gdal proj geos libcurl zlib libpng cairo pangocairo pangoft2 \
        fontconfig libfyaml json-c sqlite3 glib-2.0 libcrypto libzip
SRC := $(sort $(wildcard src/*.c src/*/*.c))
LIB_SRC := $(filter-out src/main.c src/cli/%,$(SRC))
UNIT := $(sort $(wildcard tests/unit/*/test_*.c))

# The library packages are looked up only when something is compiled.
pkg_cflags = $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g')
pkg_libs = $(shell pkg-config --libs $(PKGS)) -lgeos_c -lpthread -lm

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wvla -Wcast-qual -Wformat=2 -Wundef -Werror
# The same bits everywhere: no contraction, no -ffast-math; the three -fno-*
# flags free the vectoriser without changing a result (design note in README).
FLOAT := -ffp-contract=off -fno-math-errno -fno-trapping-math
HARDEN := -fstack-protector-strong -fPIE
CFLAGS_release := -O3 -D_FORTIFY_SOURCE=2
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined
CFLAGS_tsan := -O1 -fsanitize=thread
# counts that threads do not lose
CFLAGS_coverage := -O0 --coverage -fprofile-update=atomic
# gcc's analyser sees the code that is released
CFLAGS_analyse := $(CFLAGS_release) -fanalyzer
# clang's: libFuzzer looks which branches an input takes. Its own warnings are
# not those that the sources are written for.
CFLAGS_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined \
        -fno-sanitize-recover=undefined -Wno-everything
ifeq ($(MODE),fuzz)
CC := clang
endif
# what any reader of the sources needs
READ_CFLAGS = -std=c17 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -Iinclude -Isrc \
        $(pkg_cflags)
BUILD_CFLAGS = $(READ_CFLAGS) -g $(WARN) $(FLOAT) $(HARDEN) $(CFLAGS_$(MODE)) \
        -MMD -MP $(CFLAGS)
# some four hundred tests are linked: gold takes less than half the time
TEST_LDFLAGS := -fuse-ld=gold
BUILD_LDFLAGS = -pie -Wl,-z,relro,-z,now $(CFLAGS_$(MODE)) $(LDFLAGS)

OBJ := $(SRC:%.c=$(B)/%.o)
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o)
# The font of the drawings, from the system's package.
FONTS ?= /usr/share/fonts/truetype/dejavu
FONT_OBJ := $(B)/gen/output/DejaVuSans.o $(B)/gen/output/DejaVuSans-Bold.o
CLI_OBJ := $(filter $(B)/src/cli/%,$(OBJ))
UNIT_BIN := $(UNIT:tests/unit/%.c=$(B)/unit/%)
ifeq ($(MODE),release)
PROGRAM := build/terramis
else
PROGRAM := $(B)/terramis
endif

# The languages of messages: one catalogue each, beside the program.
LOCALES := $(patsubst src/po/%.po,build/locale/%/LC_MESSAGES/terramis.mo, \
        $(wildcard src/po/*.po))

all: $(PROGRAM) $(LOCALES) ## build build/terramis (MODE=asan: build/asan/terramis)

demo: deps ## install what is missing, build, run both pilot territories
	@$(MAKE) -j$(JOBS) --no-print-directory all
	$(PROGRAM) run terramis.yaml --out out --overwrite
	@echo
	@echo "Open:"
	@ls out/index.html out/*/map-*.png out/*/atlas.pdf out/summary.xlsx \
	    out/terramis.qgs | sed 's/^/  /'

check: deps-check ## install what is missing, build, run every test
	@$(MAKE) -j$(JOBS) --no-print-directory test

test: all unit-bin asan-unit build/inject.so lint ## the tests, without installing anything
	tests/run $(PROGRAM) $(B)/unit build/asan/unit

unit-bin: $(UNIT_BIN)

unit: unit-bin ## only the unit tests (MODE=asan: under ASan and UBSan)
	tests/run - $(B)/unit

asan-unit:
	@$(MAKE) --no-print-directory MODE=asan all unit-bin replay-bin

deps:
	@.ci/deps build

deps-check:
	@.ci/deps check

lint: ## include order, formatting, static analysis
	tests/lint/includes
	tests/lint/tests
	tests/lint/translations
	clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
	    --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem \
	    --suppress=readdirCalled \
	    --library=posix -Iinclude -Isrc src
	shellcheck -x tests/run tests/cli/*.sh tests/bench/*.sh tests/fuzz/run tests/valgrind .ci/deps .ci/leaflet $(wildcard .ci/run)

format: ## format the sources in place
	clang-format -i $$(git ls-files '*.c' '*.h')

po: ## take new messages of the sources into src/po/*.po
	tests/lint/translations --update

# What the program writes about itself. The tables are those of the program
# built, so a page is made anew with it.
MAN := build/man/terramis.1 build/man/fr/terramis.1 build/man/terramis.bash

man: $(MAN) ## the manual page, in English and French, and bash's completion

build/man/terramis.1: $(PROGRAM) $(LOCALES)
	@mkdir -p $(@D)
	$(Q)LANGUAGE= LC_ALL=C $(PROGRAM) manual man >$@
build/man/fr/terramis.1: $(PROGRAM) $(LOCALES)
	@mkdir -p $(@D)
	$(Q)LANGUAGE=fr LC_ALL=C.UTF-8 $(PROGRAM) manual man >$@
build/man/terramis.bash: $(PROGRAM)
	@mkdir -p $(@D)
	$(Q)$(PROGRAM) manual bash >$@

install: all man ## install program and manual under PREFIX (/usr/local)
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/terramis
	@for mo in $(LOCALES:build/locale/%=%); do \
	    install -D -m 644 build/locale/$$mo \
	        $(DESTDIR)$(PREFIX)/share/locale/$$mo || exit; done
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/terramis/LICENSE
	install -D -m 644 /usr/share/doc/fonts-dejavu-core/copyright \
	    $(DESTDIR)$(PREFIX)/share/doc/terramis/LICENSE.fonts-dejavu
	install -D -m 644 build/man/terramis.1 \
	    $(DESTDIR)$(PREFIX)/share/man/man1/terramis.1
	install -D -m 644 build/man/fr/terramis.1 \
	    $(DESTDIR)$(PREFIX)/share/man/fr/man1/terramis.1
	install -D -m 644 build/man/terramis.bash \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/terramis
	install -D -m 644 include/terramis.h $(DESTDIR)$(PREFIX)/include/terramis.h
	install -D -m 644 $(B)/libterramis.a $(DESTDIR)$(PREFIX)/lib/libterramis.a

qgis-plugin: ## build/terramis-qgis.zip: QGIS, Plugins, Install from ZIP
	@mkdir -p build
	src/qgis/package.py build/terramis-qgis.zip

clean: ## remove what was built (results in out/ stay)
	rm -rf build

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | \
	    sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(PROGRAM): $(B)/src/main.o $(CLI_OBJ) $(B)/libterramis.a
	@$(SAY) "  LINK    $@"
	$(Q)$(CC) $(BUILD_LDFLAGS) -o $@ $^ $(pkg_libs)

build/locale/%/LC_MESSAGES/terramis.mo: src/po/%.po
	@mkdir -p $(@D)
	@$(SAY) "  MO      $@"
	$(Q)msgfmt --check -o $@ $<

$(B)/libterramis.a: $(LIB_OBJ) $(FONT_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@$(SAY) "  CC      $<"
	$(Q)$(CC) $(BUILD_CFLAGS) -c -o $@ $<

# The demo writes this repository's own project file and READMEs: each becomes
# a list of C strings.
DEMO_TEXTS := terramis.yaml rasters/README.md vectors/README.md
DEMO_INC := $(DEMO_TEXTS:%=$(B)/gen/demo/%.inc)
$(B)/src/demo/project.o: $(DEMO_INC)
$(B)/src/demo/project.o: BUILD_CFLAGS += -I$(B)/gen
$(B)/gen/demo/%.inc: % Makefile
	@mkdir -p $(@D)
	$(Q)sed 's/[\\"]/\\&/g; s/^/"/; s/$$/\\n",/' $< >$@

# The parts of index.html, as bytes; Leaflet from npm or Debian. Its style names
# pictures that the page does not have, its script a source map; lines end in
# the way that a browser hashes them.
LEAFLET := build/leaflet
LEAFLET_FILES := $(addprefix $(LEAFLET)/,leaflet.js leaflet.css \
        leaflet-licence.txt)
HTML_GEN := $(B)/gen/output/html
HTML_INC := $(patsubst src/output/html/%,$(HTML_GEN)/%.inc,\
        $(filter-out %.def,$(wildcard src/output/html/*)))
HTML_INC += $(LEAFLET_FILES:$(LEAFLET)/%=$(HTML_GEN)/%.inc)
BYTES := od -An -v -tu1 | sed 's/  */,/g; s/^,//; s/$$/,/'
$(B)/src/output/html_assets.o: $(HTML_INC)
$(B)/src/output/html_assets.o: BUILD_CFLAGS += -I$(B)/gen
$(HTML_GEN)/%.inc: src/output/html/% Makefile
	@mkdir -p $(@D)
	$(Q)<$< $(BYTES) >$@
$(LEAFLET_FILES) &: .ci/leaflet
	@$(SAY) "  LEAFLET"
	$(Q).ci/leaflet $(LEAFLET)
$(HTML_GEN)/leaflet%.inc: $(LEAFLET)/leaflet% Makefile
	@mkdir -p $(@D)
	$(Q)sed 's/\r$$//; s/background-image: *url([^)]*);*//g; /^\/\/# sourceMappingURL/d' \
	    $< | $(BYTES) >$@

# An object with the bytes of each face as read-only data.
$(FONT_OBJ): $(B)/gen/output/%.o: $(FONTS)/%.ttf Makefile
	@mkdir -p $(@D)
	@$(SAY) "  FONT    $<"
	$(Q)cd $(FONTS) && $(LD) -r -b binary -z noexecstack \
	    -o $(CURDIR)/$@ $*.ttf
	$(Q)objcopy --rename-section .data=.rodata,alloc,load,readonly,data,contents $@

# No NaN or infinity ever reaches these, whose loops want the vectoriser. Not
# where lines are counted: an optimiser merges them.
FAST := $(if $(filter coverage,$(MODE)),,-O3)
$(B)/src/overlay/distance_block.o $(B)/src/overlay/segments_near.o: \
        BUILD_CFLAGS += $(FAST) -ffinite-math-only -fno-signed-zeros

# millions of cells of the benchmark
CELLS ?= 25

bench: deps-bench ## speed and exactness beside GDAL, numpy and GRASS (CELLS=25)
	@$(MAKE) -j$(JOBS) --no-print-directory all
	tests/bench/run $(CELLS)

deps-bench:
	@.ci/deps bench

bench-kernels: $(B)/bench/bench_kernels ## cells per second of the kernels
	$<

$(B)/bench/%: tests/bench/%.c $(B)/libterramis.a
	@mkdir -p $(@D)
	$(CC) $(BUILD_CFLAGS) $(BUILD_LDFLAGS) -Itests -o $@ $< $(B)/libterramis.a \
	    $(pkg_libs)

# ---- fuzzing: tests/fuzz/fuzz_NAME.c with inputs in tests/fuzz/corpus/NAME
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SECONDS ?= 60

fuzz: ## libFuzzer on every target for FUZZ_SECONDS=60 each (clang)
	@$(MAKE) -j$(JOBS) --no-print-directory MODE=fuzz fuzz-bin
	@for f in $(FUZZ); do tests/fuzz/run build/fuzz/fuzz/fuzz_$$f \
	    $(FUZZ_SECONDS) || exit 1; done

fuzz-bin: $(FUZZ:%=$(B)/fuzz/fuzz_%)

$(B)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(B)/libterramis.a
	@mkdir -p $(@D)
	@$(SAY) "  FUZZ    $<"
	$(Q)$(CC) $(BUILD_CFLAGS) $(BUILD_LDFLAGS) -fsanitize=fuzzer -Itests \
	    -o $@ $< $(B)/libterramis.a $(pkg_libs)

# The same without libFuzzer, to replay the inputs (`make check`).
replay-bin: $(FUZZ:%=$(B)/replay/fuzz_%)

$(B)/replay/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c tests/fuzz/fuzz.h \
        $(B)/libterramis.a
	@mkdir -p $(@D)
	@$(SAY) "  REPLAY  $<"
	$(Q)$(CC) $(BUILD_CFLAGS) $(BUILD_LDFLAGS) $(TEST_LDFLAGS) -Itests -o $@ $< \
	    tests/fuzz/replay.c $(B)/libterramis.a $(pkg_libs)

# ---- coverage. Left out: what kills the program while it writes the counts, what
# looks at other builds, and the fault injector, which fails that writing.
coverage: deps-coverage ## lines that the tests run (20 minutes); fails below the goals
	@$(MAKE) -j$(JOBS) --no-print-directory MODE=coverage all unit-bin
	find build/coverage -name '*.gcda' -delete
	EXCEPT="corpus crash hardening faults" tests/run build/coverage/terramis \
	    build/coverage/unit
	tests/coverage build/coverage

deps-coverage:
	@.ci/deps coverage

# ---- analysis: every source is compiled with gcc's analyser, then read by
# clang-tidy, whose checks are in .clang-tidy; what is unchanged is not again.
analyse: deps-analyse ## gcc -fanalyzer and clang-tidy over src/ (20 minutes)
	@$(MAKE) -k -j$(JOBS) --no-print-directory MODE=analyse tidy

deps-analyse:
	@.ci/deps analyse

tidy: $(SRC:%.c=$(B)/%.tidy)

$(B)/%.tidy: $(B)/%.o .clang-tidy
	@$(SAY) "  TIDY    $*.c"
	$(Q)clang-tidy --quiet $*.c -- $(READ_CFLAGS) -I$(B)/gen >$@ 2>&1 || \
	    { cat $@; exit 1; }

valgrind: deps-valgrind ## memcheck on every command with the demo (12 minutes)
	@$(MAKE) -j$(JOBS) --no-print-directory all
	tests/valgrind $(PROGRAM)

deps-valgrind:
	@.ci/deps valgrind

# ---- faults
build/inject.so: tests/faults/inject.c
	@mkdir -p $(@D)
	@$(SAY) "  CC      $<"
	$(Q)$(CC) -std=gnu17 -O1 -g -fno-omit-frame-pointer $(WARN) -shared -fPIC -o $@ $<

faults: all build/inject.so ## every command with every call failing (hours; MODE=asan)
	TERRAMIS=$(realpath $(PROGRAM)) FAULTS_MOST=0 tests/cli/test_faults.sh

# The command line is not in the library: its tests take its objects.
$(filter $(B)/unit/cli/%,$(UNIT_BIN)): $(CLI_OBJ)
$(B)/unit/%: tests/unit/%.c $(B)/libterramis.a
	@mkdir -p $(@D)
	@$(SAY) "  TEST    $<"
	$(Q)$(CC) $(BUILD_CFLAGS) $(BUILD_LDFLAGS) $(TEST_LDFLAGS) -Itests -o $@ $< \
	    $(filter %.o,$^) $(B)/libterramis.a $(pkg_libs) -lcmocka

-include $(OBJ:.o=.d) $(UNIT_BIN:=.d)

.PHONY: all man demo check test unit unit-bin asan-unit deps deps-check lint \
        format po install qgis-plugin clean help bench deps-bench \
        bench-kernels fuzz fuzz-bin replay-bin faults coverage deps-coverage \
        analyse deps-analyse tidy valgrind deps-valgrind
.DELETE_ON_ERROR:
