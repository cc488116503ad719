package io.antichain.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The folder of a demo: deleted when the demo ends, unless the user has named one. */
public final class TemporaryFolder implements AutoCloseable {
    private static final int MOST_TRIES = 50;
    private static final long BETWEEN_TRIES_NS = Duration.ofMillis(20).toNanos();

    private final Path path;
    private final boolean temporary;
    private volatile AutoCloseable user = () -> {};

    private TemporaryFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** {@code named}, or a new folder if that is null. */
    public static TemporaryFolder unless(Path named) {
        try {
            return named == null
                    ? new TemporaryFolder(Files.createTempDirectory("antichain-demo"), true)
                    : new TemporaryFolder(Files.createDirectories(named), false);
        } catch (IOException e) {
            throw new DemoFolderException(
                    "The demo's folder cannot be made: folder="
                            + (named == null ? System.getProperty("java.io.tmpdir") : named) + ", failure="
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** What must be closed before the folder can be deleted. */
    public void deleteAfter(AutoCloseable whatUsesIt) {
        user = whatUsesIt;
    }

    @Override
    public void close() throws Exception {
        user.close();
        if (temporary) {
            delete();
        }
    }

    /** What did not end in time may still write into the folder, so it is emptied again until it stays empty. */
    private void delete() throws IOException {
        for (int tries = 1; Files.exists(path); tries++) {
            try (Stream<Path> all = Files.walk(path)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path each : deepestFirst) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException | UncheckedIOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_TRIES_NS);
            }
        }
    }
}
