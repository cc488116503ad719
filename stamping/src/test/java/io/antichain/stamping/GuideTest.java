package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/stamp-my-service.md says, held against the library. */
class GuideTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)(?:\\.([a-z][A-Za-z]+))?`");
    private static final Pattern VECTOR =
            Pattern.compile("(?m)^\\| `([^`]+:\\d+)` \\| `(\\{[^`]+\\})` \\| (\\d+) \\| `([0-9a-f]+)` \\|$");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(antichain\\.[a-z.]+)` \\| `([^`]+)` \\|");
    private static final Pattern FIGURE = Pattern.compile("`([a-z-]+-total|clock-width)`");

    private String guide;

    @BeforeEach
    void read() throws Exception {
        guide = Files.readString(Path.of("../docs/stamp-my-service.md"));
    }

    private List<MatchResult> all(Pattern pattern) {
        List<MatchResult> found = pattern.matcher(guide).results().toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    @Test
    void eachTestThatAPromiseNamesExists() throws Exception {
        for (MatchResult named : all(TEST)) {
            Class<?> test = test(named.group(1));
            if (named.group(2) != null) {
                assertThat(Arrays.stream(test.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
                        .contains(named.group(2));
            }
        }
    }

    private static Class<?> test(String name) throws Exception {
        Path root = Path.of("target/test-classes");
        try (Stream<Path> files = Files.walk(root)) {
            Path file = files.filter(path -> path.endsWith(name + ".class"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("The guide names a test that is not there: " + name));
            String path = root.relativize(file).toString();
            return Class.forName(
                    path.substring(0, path.length() - ".class".length()).replace(java.io.File.separatorChar, '.'));
        }
    }

    @Test
    void theVectorsAreWhatTheLibraryWrites() {
        assertThat(all(VECTOR)).hasSizeGreaterThanOrEqualTo(4).allSatisfy(vector -> {
            Stamp stamp = new Stamp(
                    Dot.parse(vector.group(1)),
                    VectorClock.parse(vector.group(2)),
                    new LamportTimestamp(Long.parseLong(vector.group(3))));
            assertThat(HexFormat.of().formatHex(BinaryForm.encode(stamp))).isEqualTo(vector.group(4));
        });
    }

    @Test
    void eachSettingIsKnownAndHasTheDefaultThatStandsThere() {
        Map<String, String> written = new TreeMap<>();
        all(SETTING).forEach(row -> written.put(row.group(1), row.group(2)));
        StampingSettings unset = StampingSettings.of(Map.of(), Map.of());
        written.remove("antichain.process"); // its default is made of other settings
        assertThat(written)
                .containsOnlyKeys(
                        "antichain.topics",
                        "antichain.deliver",
                        "antichain.on.error",
                        "antichain.header.encoding",
                        "antichain.header.max.bytes",
                        "antichain.forget.ms",
                        "antichain.recover");
        StampingSettings asWritten = StampingSettings.of(written, Map.of());
        assertThat(asWritten.deliver()).isEqualTo(unset.deliver());
        assertThat(asWritten.failsOnError()).isEqualTo(unset.failsOnError());
        assertThat(asWritten.header()).isEqualTo(unset.header());
        assertThat(asWritten.forgetMs()).isEqualTo(unset.forgetMs());
        assertThat(asWritten.recover()).isEqualTo(unset.recover());
    }

    @Test
    void theFiguresAreThoseOfTheGuide() {
        Stamping stamping = Stamping.open(Map.of("antichain.process", "a"), new Lives(TestWorld::new, false));
        assertThat(all(FIGURE).stream().map(figure -> figure.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        stamping.life().figures.all().keySet());
    }
}
