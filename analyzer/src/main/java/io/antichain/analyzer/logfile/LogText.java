package io.antichain.analyzer.logfile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text of a log file: UTF-8, as it is or packed with gzip, which is told by its first two bytes. Line ends become
 * {@code \n}, those of old Macs too, and a byte order mark is left out.
 *
 * @param maxMebibytes the longest text, unpacked, in MiB: so far, and no further, is a file read or unpacked
 */
public record LogText(int maxMebibytes) {
    /** The longest text unless another is given, MiB: about a million events. */
    public static final int DEFAULT_MAX_MEBIBYTES = 256;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int CHUNK_BYTES = 1 << 16;

    public LogText {
        if (maxMebibytes < 1 || maxMebibytes > 1024) {
            throw new IllegalArgumentException("A log file's text may have 1 to 1024 MiB at most: max-file-mib="
                    + maxMebibytes + "; choose within these, and split longer files");
        }
    }

    /**
     * Reads all of it.
     *
     * @param file the file's name, for messages
     * @throws UnreadableLogException if it is longer than permitted, not UTF-8, or its gzip is broken
     */
    public String read(String file, InputStream in) throws IOException {
        byte[] bytes;
        try {
            bytes = bounded(file, unpacked(in));
        } catch (EOFException | ZipException e) {
            throw new UnreadableLogException(
                    "A gzip file must be whole: file=" + file + ", failure=" + e.getMessage()
                            + "; copy or pack it again",
                    e);
        }
        String text = decoded(file, bytes);
        String lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
        return lines.indexOf('\n') < 0 ? lines.replace('\r', '\n') : lines;
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, CHUNK_BYTES);
        buffered.mark(2);
        boolean gzip = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, CHUNK_BYTES) : buffered;
    }

    private byte[] bounded(String file, InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            if (bytes.size() + (long) read > ((long) maxMebibytes << 20)) {
                throw new UnreadableLogException("A log file's text, unpacked, has at most " + maxMebibytes
                        + " MiB: file=" + file + " has more; split it, or permit more with --max-file-mib");
            }
            bytes.write(chunk, 0, read);
        }
        return bytes.toByteArray();
    }

    /** Bytes that are no UTF-8 are not replaced: in a name they would make one process of two. */
    private static String decoded(String file, byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(left, text, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < left.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new UnreadableLogException("A log file must be UTF-8 text: file=" + file + ", line=" + line
                    + ", byte=" + left.position() + "; convert it first, as in iconv -f latin1 -t utf8");
        }
        return text.flip().toString();
    }
}
