package io.antichain.embedded.registry;

import io.antichain.embedded.registry.RegistryChange.LevelSet;
import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The registry's state: subjects, their versions, and the ids of schemas. It decides and remembers, and touches neither disk nor
 * network: a registration is decided by {@link #register}, and is there once its change was handed to {@link #apply}.
 *
 * <ol>
 *   <li>One canonical text has one id, under whatever subject; an id never gets another text.
 *   <li>The versions of a subject are 1, 2, 3, … and no text has two of them.
 * </ol>
 *
 * Not thread-safe.
 */
final class RegisteredSchemas {

    /** The level of a subject that has none of its own, until another is set. */
    static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;

    private final SortedMap<String, List<SchemaRegistered>> versionsBySubject = new TreeMap<>();
    private final Map<Integer, String> textById = new HashMap<>();
    private final Map<String, Integer> idByText = new HashMap<>();
    private final Map<String, CompatibilityLevel> levelBySubject = new HashMap<>();
    private CompatibilityLevel defaultLevel = DEFAULT_LEVEL;
    private int lastId;

    /**
     * Decides a registration. The version is new where the subject lacks the schema, else the one that it has.
     *
     * @throws RegistryRefusal 409 if the subject's level forbids the schema
     */
    SchemaRegistered register(String subject, Schema schema) {
        String text = schema.toString();
        Optional<SchemaRegistered> known = versionWith(subject, text);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> objections = objections(subject, schema);
        if (!objections.isEmpty()) {
            throw new RegistryRefusal(
                    409,
                    "Schema being registered is incompatible with an earlier schema: subject=" + subject + " level="
                            + level(subject) + " details=" + objections
                            + ". Give added fields a default, or set another level with PUT /config/" + subject + ".");
        }
        int id = idByText.getOrDefault(text, lastId + 1);
        return new SchemaRegistered(subject, history(subject).size() + 1, id, text);
    }

    /** Whether a decided registration is in the state already. */
    boolean contains(SchemaRegistered registered) {
        return registered.version() <= history(registered.subject()).size();
    }

    /**
     * Takes over a change.
     *
     * @throws IllegalArgumentException if it contradicts the state (properties 1 and 2)
     */
    void apply(RegistryChange change) {
        if (change instanceof SchemaRegistered registered) {
            add(registered);
        } else if (change instanceof LevelSet set) {
            if (set.subject() == null) {
                defaultLevel = set.level();
            } else {
                levelBySubject.put(set.subject(), set.level());
            }
        }
    }

    private void add(SchemaRegistered registered) {
        String text = registered.schema();
        boolean idFits = idByText.containsKey(text)
                ? idByText.get(text) == registered.id()
                : !textById.containsKey(registered.id());
        boolean versionFits =
                registered.version() == history(registered.subject()).size() + 1;
        if (!idFits || !versionFits || versionWith(registered.subject(), text).isPresent()) {
            throw new IllegalArgumentException("Ids and versions must not contradict earlier ones: subject="
                    + registered.subject() + " version=" + registered.version() + " id=" + registered.id());
        }
        textById.put(registered.id(), text);
        idByText.put(text, registered.id());
        lastId = Math.max(lastId, registered.id());
        versionsBySubject
                .computeIfAbsent(registered.subject(), subject -> new ArrayList<>())
                .add(registered);
    }

    /** Why a schema may not become the subject's next version, by the subject's level; none where it may. */
    List<String> objections(String subject, Schema candidate) {
        return objections(subject, candidate, history(subject));
    }

    /** Why a schema may not follow the given versions of a subject, by the subject's level; none where it may. */
    List<String> objections(String subject, Schema candidate, List<SchemaRegistered> earlier) {
        List<Schema> schemas = earlier.stream()
                .map(version -> new Schema.Parser().parse(version.schema()))
                .toList();
        return level(subject).objections(candidate, schemas);
    }

    /** The subjects in the order of their names. */
    List<String> subjects() {
        return List.copyOf(versionsBySubject.keySet());
    }

    /**
     * A subject's versions, oldest first.
     *
     * @throws RegistryRefusal 40401 if there is no such subject
     */
    List<SchemaRegistered> versions(String subject) {
        List<SchemaRegistered> versions = history(subject);
        if (versions.isEmpty()) {
            throw RegistryRefusal.subjectUnknown(subject);
        }
        return List.copyOf(versions);
    }

    /**
     * The version of a subject that holds a schema.
     *
     * @throws RegistryRefusal 40401 if there is no such subject, 40403 if it has no such schema
     */
    SchemaRegistered lookUp(String subject, Schema schema) {
        versions(subject);
        return versionWith(subject, schema.toString())
                .orElseThrow(() -> RegistryRefusal.schemaUnknown("subject=" + subject));
    }

    /**
     * The canonical text of an id.
     *
     * @throws RegistryRefusal 40403 if there is no such id
     */
    String text(int id) {
        String text = textById.get(id);
        if (text == null) {
            throw RegistryRefusal.schemaUnknown("id=" + id);
        }
        return text;
    }

    /** Every version, of every subject, that holds the schema of an id. */
    List<SchemaRegistered> versionsOf(int id) {
        text(id);
        return versionsBySubject.values().stream()
                .flatMap(List::stream)
                .filter(version -> version.id() == id)
                .toList();
    }

    CompatibilityLevel defaultLevel() {
        return defaultLevel;
    }

    /** The level set for a subject itself, if any. */
    Optional<CompatibilityLevel> ownLevel(String subject) {
        return Optional.ofNullable(levelBySubject.get(subject));
    }

    /** The level that holds for a subject. */
    CompatibilityLevel level(String subject) {
        return ownLevel(subject).orElse(defaultLevel);
    }

    private Optional<SchemaRegistered> versionWith(String subject, String text) {
        return history(subject).stream()
                .filter(version -> version.schema().equals(text))
                .findFirst();
    }

    private List<SchemaRegistered> history(String subject) {
        return versionsBySubject.getOrDefault(subject, Collections.emptyList());
    }
}
