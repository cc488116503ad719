package io.antichain.embedded.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One step of the registry's history, as it stands in the journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RegistryChange.SchemaRegistered.class, name = "schema"),
    @JsonSubTypes.Type(value = RegistryChange.LevelSet.class, name = "level"),
    @JsonSubTypes.Type(value = RegistryChange.VersionsDeleted.class, name = "deleted")
})
sealed interface RegistryChange {

    /** A subject got a new version. Id and version count from 1; the schema is its canonical text. */
    record SchemaRegistered(String subject, int version, int id, String schema) implements RegistryChange {}

    /** A compatibility level was set: for one subject, or as the default of all where the subject is null. */
    record LevelSet(String subject, CompatibilityLevel level) implements RegistryChange {}

    /** Versions of a subject were deleted: out of sight, or for good. Their numbers and ids are never given again. */
    record VersionsDeleted(String subject, List<Integer> versions, boolean permanent) implements RegistryChange {}
}
