package io.antichain.schemas.registry;

import io.antichain.schemas.registry.SubjectState.Standing;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Asks a registry how it stands with the schemas that this version writes, as a serializer would; changes nothing there. */
public final class RegistrySurvey {
    private static final String UNGUARDED = "NONE";

    private final RegistryClient registry;
    private final RegistrySettings settings;

    /**
     * @param client the settings of a client; {@code schema.registry.url} among them
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or cannot be used
     */
    public RegistrySurvey(Map<String, ?> client) {
        this.settings = new RegistrySettings(client);
        this.registry = new RegistryClient(settings, Timing.system());
    }

    /** The registry's address, of several the first, without user and password. */
    public String address() {
        return settings.addresses().get(0).base().toString();
    }

    /** Whether serializers with these settings register what is missing. */
    public boolean registers() {
        return settings.flag(RegistrySettings.AUTO_REGISTER);
    }

    /** Whether they need their own schema to be there: they neither register it nor write in another. */
    public boolean needsOurs() {
        return !registers() && !settings.flag(RegistrySettings.USE_LATEST);
    }

    /**
     * How the subject of a topic's values stands.
     *
     * @param type the generated class of these values
     * @throws RegistryUnavailableException if nobody answered, or the login or its right was refused
     */
    public SubjectState state(String topic, Class<?> type) {
        Schema ours = SpecificData.get().getSchema(type);
        String subject = settings.subjects(false).subject(topic, false, ours);
        try {
            registry.lookUp(subject, ours);
            return new SubjectState(subject, Standing.REGISTERED, "", compatibility(subject));
        } catch (RegistryRefusedException notThere) {
            return beside(subject, ours, compatibility(subject));
        }
    }

    private SubjectState beside(String subject, Schema ours, String compatibility) {
        RegistryClient.Registered latest;
        try {
            latest = registry.latest(subject);
        } catch (RegistryRefusedException notThere) {
            return new SubjectState(subject, Standing.NONE, "", compatibility);
        }
        String objection = objection(subject, ours, latest, compatibility);
        return objection == null
                ? new SubjectState(subject, Standing.OTHERS, "", compatibility)
                : new SubjectState(
                        subject, Standing.INCOMPATIBLE, "id=" + latest.id() + ", " + objection, compatibility);
    }

    /** Why ours cannot read what is written in the latest, or cannot stand beside it; null if it can. */
    private String objection(String subject, Schema ours, RegistryClient.Registered latest, String compatibility) {
        try {
            String incompatibility = RecordReader.incompatibility(ours, new Schema.Parser().parse(latest.text()));
            if (incompatibility != null) {
                return incompatibility;
            }
        } catch (RuntimeException | StackOverflowError notAvro) {
            return "no Avro schema";
        }
        // Apicurio answers this also where it refuses nothing.
        return compatibility.equals(UNGUARDED) || isAccepted(subject, ours)
                ? null
                : "refused beside it by the registry";
    }

    private boolean isAccepted(String subject, Schema ours) {
        try {
            return registry.accepts(subject, ours);
        } catch (RegistryUnavailableException | RegistryRefusedException untold) {
            return true;
        }
    }

    /** Empty where it is not told: who may read schemas need not be permitted to ask for this. */
    private String compatibility(String subject) {
        try {
            return registry.compatibility(subject);
        } catch (RegistryUnavailableException | RegistryRefusedException untold) {
            return "";
        }
    }

    /**
     * Why this login may not register, in a sentence without its full stop; empty if it may. Registers what is registered
     * already, as serializers do at each start, so nothing changes.
     *
     * @param topic one whose state is REGISTERED
     */
    public Optional<String> refusal(String topic, Class<?> type) {
        Schema ours = SpecificData.get().getSchema(type);
        try {
            registry.register(settings.subjects(false).subject(topic, false, ours), ours);
            return Optional.empty();
        } catch (RegistryUnavailableException | RegistryRefusedException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /** What the registry's machine takes the time to be: its header Date; empty if it gives none. */
    public Optional<String> date() {
        return registry.date();
    }
}
