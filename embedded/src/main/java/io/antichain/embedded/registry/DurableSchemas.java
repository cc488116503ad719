package io.antichain.embedded.registry;

import io.antichain.embedded.registry.RegistryChange.LevelSet;
import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * The registered schemas together with their journal: every change is on the disk before anyone is told of it. Calls from
 * several threads take turns.
 */
public final class DurableSchemas implements AutoCloseable {

    private final RegisteredSchemas schemas = new RegisteredSchemas();
    private final SchemaJournal journal;

    private DurableSchemas(Path folder) throws IOException {
        this.journal = SchemaJournal.open(folder, schemas::apply);
    }

    /**
     * Opens the schemas of a folder, none where it is new.
     *
     * @throws IOException if the folder is in use by another registry, damaged, or cannot be read or written
     */
    public static DurableSchemas open(Path folder) throws IOException {
        return new DurableSchemas(folder);
    }

    synchronized SchemaRegistered register(String subject, Schema schema) {
        SchemaRegistered registered = schemas.register(subject, schema);
        if (!schemas.contains(registered)) {
            remember(registered);
        }
        return registered;
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
        try {
            journal.append(change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas.apply(change);
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
