package io.antichain.analyzer.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.log.OpenTransaction.Coordinated;
import io.antichain.analyzer.log.OpenTransaction.Producer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of an open transaction, by how much is known of it. */
class OpenTransactionTest {
    @Test
    void oneThatItsCoordinatorKnowsIsEndedByItsProgramOrByItsName() {
        Producer billing =
                new Producer(4, 2_000, Optional.of("billing-1"), Optional.of(new Coordinated(1_000, 60_000)));
        assertThat(transaction(Optional.of(billing), "").sentence())
                .isEqualTo("An open transaction holds up all who read a partition: topic=events, partition=3, offset=7,"
                        + " offsets held=2, transactional-id=billing-1, producer-id=4, since=1970-01-01T00:00:01Z; commit or"
                        + " abort it in its program, or run kafka-transactions.sh --bootstrap-server localhost:9092"
                        + " forceTerminateTransaction --transactionalId billing-1; the broker aborts it by itself at"
                        + " 1970-01-01T00:01:01Z");
    }

    @Test
    void oneThatHangsIsEndedByItsOffset() {
        Producer hanging = new Producer(4, 2_000, Optional.empty(), Optional.empty());
        assertThat(transaction(Optional.of(hanging), "no right to describe it").sentence())
                .isEqualTo("An open transaction holds up all who read a partition: topic=events, partition=3, offset=7,"
                        + " offsets held=2, producer-id=4, last record=1970-01-01T00:00:02Z,"
                        + " transactional-id=unknown (no right to describe it); look at it with kafka-transactions.sh"
                        + " --bootstrap-server localhost:9092 describe-producers --topic events --partition 3, and if its"
                        + " program is gone, run kafka-transactions.sh --bootstrap-server localhost:9092 abort --topic events"
                        + " --partition 3 --start-offset 7");
    }

    @Test
    void withoutRightsTheOffsetIsSaidAndWhyNoMore() {
        assertThat(transaction(Optional.empty(), "TopicAuthorizationException").sentence())
                .contains("offset=7, offsets held=2, producer=unknown (TopicAuthorizationException); look at it with")
                .endsWith("abort --topic events --partition 3 --start-offset 7");
    }

    @Test
    void aNameOfOthersIsOneWordToAShell() {
        Producer hostile =
                new Producer(4, 2_000, Optional.of("it's; rm -rf ~"), Optional.of(new Coordinated(1_000, 60_000)));
        assertThat(transaction(Optional.of(hostile), "").sentence())
                .contains("--transactionalId 'it'\\''s; rm -rf ~'; the broker");
    }

    private static OpenTransaction transaction(Optional<Producer> producer, String unknownBecause) {
        return new OpenTransaction("events", 3, 7, 9, producer, unknownBecause, "localhost:9092");
    }
}
