package io.antichain.stamping.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Knowledge comes back from the metadata of an offset; whatever else stands there is somebody else's. */
class KnowledgeTextTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long SEED = Long.getLong("antichain.seed", 20_261_128L);

    private static Knowledge random(Random random, int width) {
        Map<ProcessId, Long> entries = new HashMap<>();
        Map<ProcessId, Long> raised = new HashMap<>();
        for (int i = 0; i < width; i++) {
            ProcessId process = new ProcessId("orders-" + random.nextInt(1_000), random.nextInt(3));
            entries.put(process, 1L + random.nextInt(100_000));
            raised.put(process, (480_000L + random.nextInt(168)) * HOUR_MS);
        }
        return new Knowledge(VectorClock.of(entries), new LamportTimestamp(random.nextInt(1 << 30)), raised);
    }

    @Test
    void whatIsWrittenIsReadToTheHour() {
        System.out.println("KnowledgeTextTest: -Dantichain.seed=" + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            Knowledge knowledge = random(random, random.nextInt(20));
            String text = KnowledgeText.write(knowledge, 480_200 * HOUR_MS).orElseThrow();
            assertThat(KnowledgeText.read(text)).as("seed %d", SEED).contains(knowledge);
        }
    }

    @Test
    void twoHundredProcessesFitAndAThousandDoNot() {
        Random random = new Random(1);
        assertThat(KnowledgeText.write(random(random, 200), 480_200 * HOUR_MS)).isPresent();
        assertThat(KnowledgeText.write(random(random, 1_000), 480_200 * HOUR_MS))
                .isEmpty();
    }

    @Test
    void whatOthersWroteIsLeftAlone() {
        for (String text :
                new String[] {"", "mine", "antichain", "antichain1:", "antichain1:****", "antichain1:AAAA"}) {
            assertThat(KnowledgeText.read(text)).as(text).isEmpty();
        }
        assertThat(KnowledgeText.isOurs("mine")).isFalse();
    }

    @Test
    void mutatedTextNeverThrows() {
        Random random = new Random(SEED);
        String text = KnowledgeText.write(random(random, 5), 480_200 * HOUR_MS).orElseThrow();
        int unread = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Base64.getDecoder().decode(text.substring(11));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Optional<Knowledge> read =
                    KnowledgeText.read("antichain1:" + Base64.getEncoder().encodeToString(bytes));
            unread += read.isEmpty() ? 1 : 0;
        }
        assertThat(unread).isPositive();
    }
}
