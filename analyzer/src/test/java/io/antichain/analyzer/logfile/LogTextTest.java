package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LogTextTest {
    private final LogText oneMebibyte = new LogText(1);

    @Test
    void gzipIsToldByItsContent() throws IOException {
        assertThat(read(gzip("é\n".getBytes(StandardCharsets.UTF_8)))).isEqualTo("é\n");
        assertThat(read("é\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("é\n");
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[] {'x'})).isEqualTo("x");
    }

    @Test
    void lineEndsAndByteOrderMarksAreEvened() throws IOException {
        assertThat(read("\uFEFFa\r\nb".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\nb");
    }

    @Test
    void aGzipThatIsCutShortIsRefused() throws IOException {
        byte[] whole = gzip(new byte[10_000]);
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 9)))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageStartingWith("A gzip file must be whole: file=x.log, failure=");
        assertThatThrownBy(() -> read(new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9}))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageStartingWith("A gzip file must be whole");
    }

    @Test
    void nothingIsUnpackedBeyondTheBound() throws IOException {
        assertThat(read(gzip(new byte[1 << 20]))).hasSize(1 << 20);
        byte[] bomb = gzip(new byte[(1 << 20) + 1]);
        assertThat(bomb.length).isLessThan(2_000);
        assertThatThrownBy(() -> read(bomb))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage("A log file's text, unpacked, has at most 1 MiB: file=x.log has more; split it, or permit"
                        + " more with --max-file-mib");
    }

    @Test
    void whatIsNotUtf8IsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("a\nb\né".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage("A log file must be UTF-8 text: file=x.log, line=3, byte=4;"
                        + " convert it first, as in iconv -f latin1 -t utf8");
    }

    @Test
    void rubbishIsRefusedOrSkippedAndCountedNeverTakenForEvents() throws IOException {
        long seed = new Random().nextLong();
        byte[] rubbish = new byte[100_000];
        new Random(seed).nextBytes(rubbish);
        rubbish[0] = 'x';
        assertThatThrownBy(() -> read(rubbish)).as("seed %d", seed).isInstanceOf(UnreadableLogException.class);
        for (int i = 0; i < rubbish.length; i++) {
            rubbish[i] &= 0x7f;
        }
        String ascii = read(rubbish);
        for (LogParser parser :
                new LogParser[] {new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.empty()), new NdjsonParser()
                }) {
            LoggedExecution execution = parser.parse("x", "x.log", ascii).get(0);
            assertThat(execution.events()).as("seed %d", seed).isEmpty();
            assertThat(execution.skipped().count())
                    .as("seed %d", seed)
                    .isGreaterThan(100)
                    .isLessThanOrEqualTo(ascii.lines().count() + 1);
        }
    }

    private String read(byte[] bytes) throws IOException {
        return oneMebibyte.read("x.log", new ByteArrayInputStream(bytes));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
