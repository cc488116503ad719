package io.antichain.embedded.registry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The registry's memory on disk: a file of JSON lines, one change each, only ever appended to. A change counts once its line
 * ends and is forced to the disk. A last line without an end was never answered for, and is cut off when the file is opened.
 */
final class SchemaJournal implements AutoCloseable {

    static final String FILE_NAME = "schemas.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final FileChannel channel;
    private boolean broken;

    private SchemaJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the journal of a folder, made where it is missing, and tells its changes in order.
     *
     * @throws IOException if the journal is in use, damaged in a finished line, or cannot be read or written
     */
    static SchemaJournal open(Path folder, Consumer<RegistryChange> changes) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE_NAME);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, channel);
            SchemaJournal journal = new SchemaJournal(file, channel);
            journal.replay(changes);
            forceFolder(folder);
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("A journal is for one running registry: file=" + file
                    + ". Stop the other one, or use another folder.");
        }
    }

    private void replay(Consumer<RegistryChange> changes) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int line = 1;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                tell(Arrays.copyOfRange(bytes, start, end), line, changes);
                start = end + 1;
                line++;
            }
        }
        if (start < bytes.length) {
            channel.truncate(start);
            channel.force(true);
        }
        channel.position(start);
    }

    private void tell(byte[] text, int line, Consumer<RegistryChange> changes) throws IOException {
        try {
            changes.accept(JSON.readValue(text, RegistryChange.class));
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "Each finished line of the journal must be a readable change: file=" + file + " line=" + line
                            + " reason=" + e.getMessage() + ". Restore the file, or delete it and register anew.",
                    e);
        }
    }

    /** Makes the new file's name itself durable. Not every system lets a folder be forced; those that do not need it not. */
    private static void forceFolder(Path folder) {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            return;
        }
    }

    /**
     * Appends a change and returns once it is on the disk.
     *
     * @throws IOException if it could not be written; from then on the journal takes no more, since what it holds is unsure
     */
    void append(RegistryChange change) throws IOException {
        if (broken) {
            throw new IOException("A journal that failed once takes no more: file=" + file
                    + ". Make room on the disk and start the registry again.");
        }
        ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8));
        broken = true;
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(true);
        broken = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
