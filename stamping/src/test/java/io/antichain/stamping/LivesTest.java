package io.antichain.stamping;

import static io.antichain.stamping.TestClients.ORDERS_0;
import static io.antichain.stamping.TestClients.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Who shares a life, and when the next begins. */
class LivesTest {
    private final TestWorld world = new TestWorld();
    private final Lives lives = new Lives(() -> world, true);

    @Test
    void allWhoOpenANameShareItsClock() {
        try (Stamping one = Stamping.open(Map.of("antichain.process", "a"), lives);
                Stamping other = Stamping.open(Map.of("antichain.process", "a"), lives)) {
            one.deliver(record(ORDERS_0, 0, "b:1", "{b=1}"));
            assertThat(other.clock()).hasToString("{b=1}");
        }
    }

    @Test
    void withTheLastCloseALifeEndsAndTheNextIsAnotherProcess() {
        Stamping one = Stamping.open(Map.of("antichain.process", "a"), lives);
        Stamping other = Stamping.open(Map.of("antichain.process", "a"), lives);
        one.close();
        one.close();
        try (Stamping still = Stamping.open(Map.of("antichain.process", "a"), lives)) {
            assertThat(still.process()).hasToString("a~1");
        }
        other.close();
        try (Stamping next = Stamping.open(Map.of("antichain.process", "a"), lives)) {
            assertThat(next.process()).hasToString("a~2");
        }
    }

    @Test
    void clientsWithoutANameAreOneProcessNamedByTheFirst() {
        try (Stamping consumer = Stamping.open(Map.of("group.id", "stock", "group.instance.id", "stock-3"), lives);
                Stamping producer = Stamping.open(Map.of("client.id", "sender"), lives)) {
            assertThat(consumer.process()).hasToString("stock-3~1");
            assertThat(producer.process()).isEqualTo(consumer.process());
        }
    }

    @Test
    void aNameIsMadeOfTheServicesAndTheHosts() {
        assertThat(ProcessName.by(Map.of("group.id", "stock", "client.id", "x")))
                .startsWith("stock-");
        assertThat(ProcessName.by(Map.of())).startsWith("service-");
        assertThat(ProcessName.by(Map.of("group.instance.id", "a:b ~c"))).isEqualTo("a-b--c");
    }

    @Test
    void aNumberThatNoBrokerGaveIsDrawnAndCounted() {
        Lives alone = new Lives(KafkaSurroundings::new, false);
        try (Stamping one = Stamping.open(Map.of("antichain.process", "a"), alone);
                Stamping other = Stamping.open(Map.of("antichain.process", "b"), alone)) {
            assertThat(one.process().incarnation()).isNotEqualTo(other.process().incarnation());
            assertThat(one.life().figures.errors.sum()).isEqualTo(1);
        }
    }

    @Test
    void theFiguresStandInJmxUntilTheLifeEnds() throws Exception {
        ObjectName name = new ObjectName("io.antichain:type=stamping,process=\"shown~1\"");
        try (Stamping stamping = Stamping.open(Map.of("antichain.process", "shown"), lives)) {
            stamping.deliver(record(ORDERS_0, 0, "b:1", "{b=1}"));
            assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "delivered-total"))
                    .isEqualTo(1L);
        }
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
    }
}
