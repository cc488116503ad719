package io.antichain.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** The folder of a broker, held by one broker at a time. Kafka writes its cluster id there before the first start, and never again. */
final class BrokerFolder implements AutoCloseable {

    // Kafka has a lock of its own, but where broker and controller share a folder the controller writes before it is
    // taken.
    private static final String LOCK_FILE = "embedded.lock";

    private final FileChannel lockFile;

    private BrokerFolder(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /**
     * Takes a folder, and formats it if it is new or empty; one that a broker has used is left as it is.
     *
     * @throws StartFailedException if a running broker holds the folder, or it is full of other things
     */
    static BrokerFolder take(Path folder) throws Exception {
        boolean formatted = Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME));
        if (!formatted) {
            Files.createDirectories(folder);
            refuseStrangersFolder(folder);
        }
        BrokerFolder taken = new BrokerFolder(
                FileChannel.open(folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            taken.lock(folder);
            if (!formatted) {
                format(folder);
            }
            return taken;
        } catch (Exception e) {
            taken.close();
            throw e;
        }
    }

    /** Kafka takes every folder inside its own for a partition, so a folder with others in it cannot become a broker's. */
    private static void refuseStrangersFolder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> strangers = entries.filter(Files::isDirectory).sorted().toList();
            if (!strangers.isEmpty()) {
                throw new StartFailedException("A broker's folder must be its own: folder=" + folder + " holds="
                        + strangers.get(0).getFileName() + ". Give a new or an empty folder.");
            }
        }
    }

    private void lock(Path folder) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new StartFailedException("A folder is for one running broker: folder=" + folder
                    + ". Stop the other one, or use another folder.");
        }
    }

    private static void format(Path folder) throws Exception {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .run();
        }
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
