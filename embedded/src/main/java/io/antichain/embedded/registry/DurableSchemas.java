package io.antichain.embedded.registry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.embedded.registry.RegistryChange.LevelSet;
import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import io.antichain.embedded.registry.RegistryChange.VersionsDeleted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * The registered schemas together with their file, a line of JSON for each change. The file is written whole beside the old
 * one, forced to the disk, and moved into its place before anyone is told of the change. Calls from several threads take turns.
 */
public final class DurableSchemas implements AutoCloseable {
    static final String FILE_NAME = "schemas.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final RegisteredSchemas schemas = new RegisteredSchemas();
    private final StringBuilder lines = new StringBuilder();
    private final Path file;
    private final FileChannel lock;

    private DurableSchemas(Path folder, FileChannel lock) throws IOException {
        this.file = folder.resolve(FILE_NAME);
        this.lock = lock;
        if (Files.exists(file)) {
            read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
    }

    /**
     * Opens the schemas of a folder, none where it is new.
     *
     * @throws IOException if the folder is in use by another registry, its file damaged, or cannot be read
     */
    public static DurableSchemas open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock =
                FileChannel.open(folder.resolve("schemas.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            requireLock(folder, lock);
            return new DurableSchemas(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireLock(Path folder, FileChannel lock) throws IOException {
        boolean locked;
        try {
            locked = lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new IOException(
                    "Another registry uses this folder: folder=" + folder + "; stop it, or use another folder");
        }
    }

    /** A last line without an end, as earlier versions could leave one, was never answered for: it is left out. */
    private void read(String text) throws IOException {
        int number = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            String line = text.substring(start, end);
            try {
                schemas.apply(JSON.readValue(line, RegistryChange.class));
            } catch (IOException | RuntimeException e) {
                throw new IOException(
                        "A line of the registry's file is no readable change: file=" + file + ", line=" + number
                                + ", reason=" + e.getMessage() + "; restore the file, or delete it and register anew",
                        e);
            }
            lines.append(line).append('\n');
            start = end + 1;
            number++;
        }
    }

    synchronized SchemaRegistered register(String subject, Schema schema) {
        SchemaRegistered registered = schemas.register(subject, schema);
        if (!schemas.contains(registered)) {
            remember(registered);
        }
        return registered;
    }

    /** Deletes versions of a subject, and says which; see {@link RegisteredSchemas#delete}. */
    synchronized List<Integer> delete(String subject, Optional<VersionNumber> version, boolean permanent) {
        VersionsDeleted deleted = schemas.delete(subject, version, permanent);
        remember(deleted);
        return deleted.versions();
    }

    /** Sets the level of a subject, or the default level where the subject is null. */
    synchronized void setLevel(String subject, CompatibilityLevel level) {
        remember(new LevelSet(subject, level));
    }

    /** Asks the state a question. What the question returns must not be the state itself. */
    synchronized <T> T ask(Function<RegisteredSchemas, T> question) {
        return question.apply(schemas);
    }

    private void remember(RegistryChange change) {
        int before = lines.length();
        try {
            lines.append(JSON.writeValueAsString(change)).append('\n');
            replaceFile();
        } catch (IOException e) {
            lines.setLength(before);
            throw new UncheckedIOException(e);
        }
        schemas.apply(change);
    }

    private void replaceFile() throws IOException {
        Path written = file.resolveSibling(FILE_NAME + ".new");
        Files.write(
                written,
                lines.toString().getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    /** Makes the new file's name durable. Not every system lets a folder be forced; those that do not need it not. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        lock.close();
    }
}
