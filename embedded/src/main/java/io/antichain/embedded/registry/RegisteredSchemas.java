package io.antichain.embedded.registry;

import io.antichain.embedded.registry.RegistryChange.LevelSet;
import io.antichain.embedded.registry.RegistryChange.SchemaRegistered;
import io.antichain.embedded.registry.RegistryChange.VersionsDeleted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * The registry's state: subjects, their versions, and the ids of schemas. It decides and remembers, and touches neither disk nor
 * network: a registration is decided by {@link #register}, and is there once its change was handed to {@link #apply}.
 *
 * <ol>
 *   <li>One canonical text has one id, under whatever subject; an id never gets another text.
 *   <li>The versions of a subject are 1, 2, 3, …, deleted ones too, and no text has two that are not deleted.
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
    private final Map<String, Set<Integer>> deletedBySubject = new HashMap<>();
    private final Map<String, Set<Integer>> goneBySubject = new HashMap<>();
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
        } else if (change instanceof VersionsDeleted deleted) {
            (deleted.permanent() ? goneBySubject : deletedBySubject)
                    .computeIfAbsent(deleted.subject(), subject -> new HashSet<>())
                    .addAll(deleted.versions());
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
        return objections(subject, candidate, present(subject));
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
        return versionsBySubject.keySet().stream()
                .filter(subject -> !present(subject).isEmpty())
                .toList();
    }

    /**
     * Decides a deletion.
     *
     * @param version the version; empty for all of the subject's
     * @param permanent whether for good, which only what is deleted already can be
     * @throws RegistryRefusal 404… if there is nothing to delete, or not in this way
     */
    VersionsDeleted delete(String subject, Optional<VersionNumber> version, boolean permanent) {
        List<SchemaRegistered> kept = kept(subject);
        if (kept.isEmpty()) {
            throw RegistryRefusal.subjectUnknown(subject);
        }
        List<SchemaRegistered> present = present(subject);
        boolean latest = version.isPresent() && version.get().isLatest();
        List<SchemaRegistered> meant = version.isEmpty()
                ? (permanent || present.isEmpty() ? kept : present)
                : List.of(version.get().in(subject, latest && !present.isEmpty() ? present : kept));
        String named = version.isEmpty() ? "" : "" + meant.get(0).version();
        if (permanent && meant.stream().anyMatch(present::contains)) {
            throw RegistryRefusal.notDeletedYet(subject, named);
        } else if (!permanent && meant.stream().noneMatch(present::contains)) {
            throw RegistryRefusal.deletedAlready(subject, named);
        }
        return new VersionsDeleted(
                subject, meant.stream().map(SchemaRegistered::version).toList(), permanent);
    }

    /**
     * A subject's versions, oldest first.
     *
     * @throws RegistryRefusal 40401 if there is no such subject
     */
    List<SchemaRegistered> versions(String subject) {
        List<SchemaRegistered> versions = present(subject);
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
                .filter(version -> present(version.subject()).contains(version))
                .toList();
    }

    /**
     * The id of the schema with a GUID.
     *
     * @throws RegistryRefusal 40403 if there is none
     */
    int idOf(UUID guid) {
        return textById.entrySet().stream()
                .filter(entry -> guid(entry.getValue()).equals(guid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> RegistryRefusal.schemaUnknown("guid=" + guid));
    }

    /** A schema's GUID, which depends on its canonical text alone. */
    static UUID guid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
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
        return present(subject).stream()
                .filter(version -> version.schema().equals(text))
                .findFirst();
    }

    /** The versions that were not deleted. */
    private List<SchemaRegistered> present(String subject) {
        return without(kept(subject), deletedBySubject.getOrDefault(subject, Set.of()));
    }

    /** The versions that were not deleted for good. */
    private List<SchemaRegistered> kept(String subject) {
        return without(history(subject), goneBySubject.getOrDefault(subject, Set.of()));
    }

    private static List<SchemaRegistered> without(List<SchemaRegistered> versions, Set<Integer> numbers) {
        return numbers.isEmpty()
                ? versions
                : versions.stream()
                        .filter(version -> !numbers.contains(version.version()))
                        .toList();
    }

    private List<SchemaRegistered> history(String subject) {
        return versionsBySubject.getOrDefault(subject, Collections.emptyList());
    }
}
