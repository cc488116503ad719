package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads send through one producer, the log is in the order of the stamps. */
@Tag("lincheck")
class StampAndAppendLincheckTest {
    private static StressOptions options() {
        return new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(5)
                .invocationsPerIteration(1_000);
    }

    /** A producer whose log is a list: where a record landed is its offset. */
    private static final class ListProducer extends MockProducer<String, String> {
        private final List<String> log = new ArrayList<>();

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            return List.of();
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<String, String> record, Callback callback) {
            synchronized (log) {
                log.add(TestClients.stampOf(record).dot().counter() + " at " + log.size());
                callback.onCompletion(null, null);
                return CompletableFuture.completedFuture(null);
            }
        }
    }

    private static Stamping stamping() {
        Map<String, String> settings = Map.of("antichain.process", "a", "antichain.recover", "none");
        return Stamping.open(settings, new Lives(TestWorld::new, false));
    }

    /** The real producer. */
    public static final class Wrapped {
        private final ListProducer log = new ListProducer();
        private final StampingProducer<String, String> producer = stamping().wrap(log);

        @Operation
        public String send() {
            String[] place = {""};
            producer.send(
                    new ProducerRecord<>("orders", "v"),
                    (metadata, failure) -> place[0] = log.log.get(log.log.size() - 1));
            return place[0];
        }
    }

    /** Stamped first and appended later, as an interceptor does it. */
    public static final class Apart {
        private final ListProducer log = new ListProducer();
        private final Stamping stamping = stamping();

        @Operation
        public String send() {
            String[] place = {""};
            ProducerRecord<String, String> stamped = stamping.stamped(new ProducerRecord<>("orders", "v"));
            Thread.yield();
            log.send(stamped, (metadata, failure) -> place[0] = log.log.get(log.log.size() - 1));
            return place[0];
        }
    }

    @Test
    void theLogIsInTheOrderOfTheStamps() {
        options().check(Wrapped.class);
    }

    @Test
    void stampedAndAppendedApartItIsSeenNotToBe() {
        // The shortest execution that shows it is of no use here, and takes as long again to find.
        assertThatThrownBy(() -> options().minimizeFailedScenario(false).check(Apart.class))
                .isInstanceOf(AssertionError.class);
    }
}
