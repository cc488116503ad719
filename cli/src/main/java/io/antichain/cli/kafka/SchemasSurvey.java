package io.antichain.cli.kafka;

import io.antichain.cli.access.HttpDate;
import io.antichain.cli.doctor.Program;
import io.antichain.cli.doctor.RegistryAnswers;
import io.antichain.cli.doctor.Survey;
import io.antichain.schemas.Topics;
import io.antichain.schemas.registry.RegistrySurvey;
import io.antichain.schemas.registry.RegistryUnavailableException;
import io.antichain.schemas.registry.SubjectState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a cluster's schema registry for the doctor how it stands with the schemas of the topics. Changes nothing there. */
public final class SchemasSurvey {
    private final Topics topics;
    private final RegistrySurvey registry;

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of the registry is missing or cannot be used */
    public SchemasSurvey(Cluster cluster) {
        this.topics = cluster.topics();
        this.registry = new RegistrySurvey(cluster.client());
    }

    /**
     * Tells what is found.
     *
     * @param program the one that this login is for, if it was named: then what it has to register is tried
     */
    public void tell(Survey survey, Optional<Program> program) {
        try {
            survey.registry(answers(program));
            HttpDate.reading("schema registry", registry::date).ifPresent(survey::clock);
        } catch (RegistryUnavailableException e) {
            survey.registry(RegistryAnswers.none(registry.address(), e.getMessage()));
        }
    }

    private RegistryAnswers answers(Optional<Program> program) {
        List<SubjectState> states = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        values(program).forEach((topic, type) -> {
            SubjectState state = registry.state(topic, type);
            states.add(state);
            boolean hasToRegister =
                    registry.registers() && program.filter(Program::writes).isPresent();
            if (hasToRegister && state.standing() == SubjectState.Standing.REGISTERED) {
                registry.refusal(topic, type).ifPresent(refusals::add);
            }
        });
        boolean needsOurs =
                registry.needsOurs() && program.filter(Program::writes).isPresent();
        return new RegistryAnswers(Optional.empty(), registry.address(), states, needsOurs, refusals);
    }

    /** What a program writes, or if none was named that writes, what all of them do: the class of the values by topic. */
    private Map<String, Class<?>> values(Optional<Program> program) {
        Map<String, Class<?>> values = new LinkedHashMap<>();
        if (!program.equals(Optional.of(Program.ANALYZER))) {
            values.put(topics.events(), io.antichain.wire.Event.class);
            values.put(topics.clocks(), io.antichain.wire.ClockCheckpoint.class);
        }
        if (!program.equals(Optional.of(Program.NODE))) {
            values.put(topics.conflicts(), io.antichain.wire.Conflict.class);
            values.put(topics.anomalies(), io.antichain.wire.Anomaly.class);
        }
        return values;
    }
}
