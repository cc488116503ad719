package io.antichain.embedded.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * What a new schema of a subject owes the earlier ones, after Confluent's levels. Backward: it reads what they wrote. Forward:
 * they read what it writes. Full: both. A transitive level asks it for all earlier schemas, the others for the last one.
 */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOlder;
    private final boolean readByOlder;
    private final boolean transitive;

    CompatibilityLevel(boolean readsOlder, boolean readByOlder, boolean transitive) {
        this.readsOlder = readsOlder;
        this.readByOlder = readByOlder;
        this.transitive = transitive;
    }

    static Optional<CompatibilityLevel> named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(name))
                .findFirst();
    }

    /** Why a schema may not follow its history, which is oldest first: one sentence each, none where it may. */
    List<String> objections(Schema candidate, List<Schema> history) {
        List<Schema> asked =
                transitive || history.isEmpty() ? history : history.subList(history.size() - 1, history.size());
        List<String> objections = new ArrayList<>();
        for (Schema earlier : asked) {
            if (readsOlder) {
                addIncompatibilities(
                        "the new schema cannot read the earlier one's data", candidate, earlier, objections);
            }
            if (readByOlder) {
                addIncompatibilities(
                        "the earlier schema cannot read the new one's data", earlier, candidate, objections);
            }
        }
        return objections;
    }

    private static void addIncompatibilities(String rule, Schema reader, Schema writer, List<String> objections) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> objections.add("%s: %s at=%s detail=%s"
                        .formatted(rule, found.getType(), found.getLocation(), found.getMessage())));
    }
}
