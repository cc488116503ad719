package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Damaged log files: bytes flipped, lines cut, joined, doubled, other encodings and line ends. With {@code --strict} the exit
 * code is 0 only if the counts are those of {@link PlainReading}, and there is never a stack trace. As many files for each
 * form as {@code -Dantichain.test.mutants} says.
 */
class MutatedLogsTest {
    private static final int MUTANTS = Integer.getInteger("antichain.test.mutants", 100);
    private static final Pattern COUNTS =
            Pattern.compile("\"events\":(\\d+),.*\"concurrentPairs\":(\\d+),.*\"skippedLines\":0\\}");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theStrictCheckOfADamagedFileIsRightOrFails(SampleLog form) throws IOException {
        long seed = Long.getLong("antichain.test.seed", System.nanoTime());
        System.out.println("MutatedLogsTest: form=" + form + ", seed=" + seed);
        assertRight(
                form, form.text(SampleLog.draw(new Random(seed), 3, 12)).getBytes(StandardCharsets.UTF_8), true, seed);
        for (int i = 0; i < MUTANTS; i++) {
            Random random = new Random(seed + i);
            String text = form.text(SampleLog.draw(random, 3, 12));
            assertRight(form, mutated(text, random), false, seed + i);
        }
    }

    /** A byte of a text that became a brace: found as a mutant, on which the twin and the program differed. */
    /** The process of the entry that is cut off has no other, so its name is not known. */
    @ParameterizedTest
    @ValueSource(strings = {"p2 {\"p2", "p2 {\"p0\":1,\"p", "step 1p2 {\"p2", "p2 {\"p0\":1"})
    void anEntryThatIsCutOffIsNotTheTextOfTheOneBefore(String end) throws IOException {
        String log = "p0 {\"p0\":1}\nstep 0\np1 {\"p1\":1}\n" + end;
        for (SampleLog form : List.of(SampleLog.GOVECTOR, SampleLog.GOVECTOR_WITH_HEADER)) {
            String header = form == SampleLog.GOVECTOR ? "" : "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n";
            assertRight(form, (header + log).getBytes(StandardCharsets.UTF_8), false, 0);
        }
    }

    /** Found as a mutant: the line of the delimiter, which was blank, was missing. */
    @Test
    void anEntryInTheSecondLineIsNoDelimiter() throws IOException {
        String log =
                "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\np0 {\"p0\":1}\np1 {\"p1\":1}\nstep 1\np2 {\"p2\":1}\nstep\n";
        assertRight(SampleLog.GOVECTOR_WITH_HEADER, log.getBytes(StandardCharsets.UTF_8), false, 0);
    }

    @Test
    void aBraceInATextIsNoClock() throws IOException {
        String log = "{tep 1\na {\"a\":1}\nstep 2\nb {\"b\":1}\n";
        assertRight(SampleLog.SHIVIZ, log.getBytes(StandardCharsets.UTF_8), true, 0);
    }

    /** Found as a mutant in the same way. */
    @Test
    void aDamagedNameKeepsThePositionThatIsLeftForIt() throws IOException {
        String log = "{\"process\":\"|0\",\"clock\":[1, 0, 0]}\n";
        assertRight(SampleLog.ARRAYS, log.getBytes(StandardCharsets.UTF_8), true, 0);
    }

    private void assertRight(SampleLog form, byte[] bytes, boolean sound, long seed) throws IOException {
        Path file = folder.resolve("x.log");
        Files.write(file, bytes);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = AntichainCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = commandLine.execute("analyze", "--strict", "-o", "json", file.toString());
        String text = new String(bytes, StandardCharsets.UTF_8);
        String what = form + ", seed=" + seed + ", exit=" + exit + "\n" + out + err + "\n" + text;
        assertThat(exit).as(what).isIn(sound ? List.of(0) : List.of(0, 1, 4));
        assertThat(err.toString()).as(what).doesNotContain("\tat ");
        if (exit == 0) {
            PlainReading plain = PlainReading.of(form, plainText(text));
            Matcher counts = COUNTS.matcher(out.toString());
            assertThat(plain.understood()).as(what).isTrue();
            assertThat(counts.find()).as(what).isTrue();
            assertThat(counts.group(1)).as(what).isEqualTo("" + plain.events());
            assertThat(counts.group(2)).as(what).isEqualTo("" + plain.pairs());
        }
    }

    private static String plainText(String text) {
        String lines = text.replace("\r\n", "\n").replace("\uFEFF", "");
        return lines.contains("\n") ? lines : lines.replace('\r', '\n');
    }

    private static byte[] mutated(String text, Random random) throws IOException {
        String damaged = text;
        int damages = 1 + random.nextInt(2);
        for (int i = 0; i < damages; i++) {
            damaged = damaged(damaged, random);
        }
        return switch (random.nextInt(12)) {
            case 0 -> damaged.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            case 1 -> ("\uFEFF" + damaged).getBytes(StandardCharsets.UTF_8);
            case 2 -> damaged.getBytes(Charset.forName(random.nextBoolean() ? "UTF-16" : "UTF-16LE"));
            case 3 -> damaged.getBytes(StandardCharsets.ISO_8859_1);
            case 4, 5, 6, 7 -> flipped(damaged.getBytes(StandardCharsets.UTF_8), random);
            default -> damaged.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String damaged(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int cut = line.isEmpty() ? 0 : random.nextInt(line.length());
        switch (random.nextInt(7)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.set(at, line.substring(0, cut));
            case 2 -> lines.set(at, line.substring(cut));
            case 3 -> lines.add(at, line);
            case 4 -> lines.set(at, line + (at + 1 < lines.size() ? lines.remove(at + 1) : ""));
            case 5 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
            default -> {
                return text.substring(0, random.nextInt(text.length()) + 1);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        if (bytes.length > 0) {
            int at = random.nextInt(bytes.length);
            bytes[at] =
                    random.nextBoolean() ? (byte) (bytes[at] ^ (1 << random.nextInt(8))) : (byte) random.nextInt(256);
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedGzipIsRefusedOrRight(SampleLog form) throws IOException {
        long seed = Long.getLong("antichain.test.seed", System.nanoTime());
        String text = form.text(SampleLog.draw(new Random(seed), 3, 12));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 10; i++) {
            Path file = folder.resolve("x.gz");
            Files.write(file, flipped(packed.toByteArray(), new Random(seed + i)));
            StringWriter err = new StringWriter();
            CommandLine commandLine = AntichainCommand.commandLine();
            commandLine.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true));
            assertThat(commandLine.execute("analyze", "--strict", file.toString()))
                    .as("seed %d", seed + i)
                    .isIn(0, 1, 4);
            assertThat(err.toString()).as("seed %d", seed + i).doesNotContain("\tat ");
        }
    }
}
