package io.antichain.cli.doctor;

import io.antichain.schemas.registry.SubjectState;
import java.util.List;
import java.util.Optional;

/**
 * What the schema registry said.
 *
 * @param failure why it gave no answer, in a sentence without its full stop; empty if it did
 * @param url its address
 * @param subjects those of the topics of this prefix
 * @param needsOurs whether clients with these settings need their own schemas to be there, as they do not register them
 * @param refusals for each subject under which this login has to register and may not, why
 */
public record RegistryAnswers(
        Optional<String> failure, String url, List<SubjectState> subjects, boolean needsOurs, List<String> refusals) {
    /** That there was none. */
    public static RegistryAnswers none(String url, String failure) {
        return new RegistryAnswers(Optional.of(failure), url, List.of(), false, List.of());
    }
}
