package io.antichain.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.acls.AccessRule;
import io.antichain.cli.doctor.ProgramRights.State;
import io.antichain.cli.doctor.TopicLayout.Partition;
import io.antichain.cli.doctor.TopicLayout.Use;
import io.antichain.schemas.registry.SubjectState;
import io.antichain.schemas.registry.SubjectState.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each check of what stands around the records, told what it must find and what it must let pass. */
class ClusterChecksTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long NOW_MS = 1_800_000_000_000L;

    private final Survey survey = new Survey(new Thresholds(4, 100, 24 * HOUR_MS));

    @Test
    void threeBrokersThatAreReachedAreEnough() {
        brokers(3);
        survey.features(new FeatureLevels(2, "4.3-IV0", "4.3-IV0", false));
        survey.layout(new TopicLayout("orders", Use.EVENTS, partitions(2, 3, 3), settings("delete", -1, 2)));
        assertThat(Doctor.findings(survey)).isEmpty();
    }

    @Test
    void aBrokerThatIsNotReachedMatters() {
        brokers(3);
        survey.broker(new BrokerContact(7, "kafka-7:9092", Optional.of("TimeoutException"), false));
        assertThat(theOnly(FindingKind.BROKER_UNREACHABLE).sentence())
                .isEqualTo(
                        "A broker is not reached from this machine at the address that it tells its clients: broker=7,"
                                + " address=kafka-7:9092, failure=TimeoutException; correct advertised.listeners of the broker, or"
                                + " the names and routes of this machine");
        assertThat(theOnly(FindingKind.BROKER_UNREACHABLE).matters()).isTrue();
    }

    @Test
    void aBrokerThatRefusesSaysWhat() {
        brokers(3);
        survey.broker(new BrokerContact(
                7, "kafka-7:9092", Optional.of("The broker refused the login: a=b; correct it"), true));
        assertThat(theOnly(FindingKind.BROKER_UNREACHABLE).sentence())
                .isEqualTo(
                        "Broker 7 at kafka-7:9092 refuses this client: The broker refused the login: a=b; correct it");
    }

    @Test
    void oneCopyOnOneBrokerIsNoMoreThanGoodToKnow() {
        brokers(1);
        survey.layout(new TopicLayout("orders", Use.EVENTS, partitions(1, 1, 1), settings("delete", -1, 1)));
        assertThat(theOnly(FindingKind.FEW_BROKERS).matters()).isFalse();
    }

    @Test
    void fewerCopiesThanThreeMatterWhereThereAreBrokersForThem() {
        brokers(3);
        survey.layout(new TopicLayout("orders", Use.EVENTS, partitions(1, 1, 1), settings("delete", -1, 1)));
        survey.layout(new TopicLayout("stock", Use.EVENTS, partitions(1, 1, 1), Optional.empty()));
        assertThat(theOnly(FindingKind.REPLICATION_LOW).values())
                .containsEntry("topics", "orders stock")
                .containsEntry("replication-factor", "1");
        assertThat(theOnly(FindingKind.REPLICATION_LOW).matters()).isTrue();
    }

    @Test
    void writesThatOneBrokerAloneAcknowledgesMatter() {
        brokers(3);
        survey.layout(new TopicLayout("orders", Use.EVENTS, partitions(1, 3, 3), settings("delete", -1, 1)));
        assertThat(theOnly(FindingKind.IN_SYNC_ONE).values()).containsEntry("topics", "orders");
        assertThat(theOnly(FindingKind.IN_SYNC_ONE).matters()).isTrue();
    }

    @Test
    void nothingIsSaidOfWritesWhereSettingsMayNotBeRead() {
        brokers(3);
        survey.layout(new TopicLayout("orders", Use.EVENTS, partitions(1, 3, 3), Optional.empty()));
        assertThat(Doctor.findings(survey)).isEmpty();
    }

    @Test
    void noReplicaToSpareIsNoted() {
        brokers(3);
        survey.layout(new TopicLayout("orders", Use.EVENTS, partitions(1, 3, 3), settings("delete", -1, 3)));
        assertThat(theOnly(FindingKind.NO_SPARE_REPLICA).matters()).isFalse();
    }

    @Test
    void ofAPartitionThatIsNotInSyncTheWorstIsSaid() {
        brokers(3);
        survey.layout(new TopicLayout("late", Use.EVENTS, partitions(2, 3, 2), settings("delete", -1, 2)));
        survey.layout(new TopicLayout("closed", Use.EVENTS, partitions(2, 3, 1), settings("delete", -1, 2)));
        survey.layout(new TopicLayout(
                "gone",
                Use.EVENTS,
                List.of(new Partition(0, true, 3, 3), new Partition(1, false, 3, 0)),
                settings("delete", -1, 2)));
        assertThat(Doctor.findings(survey))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.IN_SYNC_TOO_FEW, FindingKind.NO_LEADER, FindingKind.OUT_OF_SYNC);
        assertThat(Doctor.findings(survey).get(1).values()).containsEntry("partitions", "1");
        assertThat(Doctor.findings(survey).get(2).matters()).isFalse();
    }

    @Test
    void lowFeaturesAreFound() {
        survey.features(new FeatureLevels(1, "4.0-IV3", "4.3-IV0", true));
        assertThat(Doctor.findings(survey))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.TRANSACTION_VERSION, FindingKind.METADATA_VERSION);
    }

    @Test
    void topicsOfThePrefixHaveToBeKeptAsTheirUseNeeds() {
        survey.layout(new TopicLayout("clocks", Use.CLOCKS, partitions(1, 1, 1), settings("compact", -1, 1)));
        survey.layout(new TopicLayout("conflicts", Use.FOUND, partitions(1, 1, 1), settings("delete", 1, 1)));
        survey.layout(new TopicLayout("all", Use.ORDER_ALL, partitions(1, 1, 1), settings("delete", 48 * HOUR_MS, 1)));
        survey.layout(new TopicLayout("key", Use.ORDER_KEY, partitions(6, 1, 1), settings("delete", -1, 1)));
        survey.layout(new TopicLayout("theirs", Use.INTERNAL, partitions(1, 1, 1), settings("compact", 1, 1)));
        assertThat(Doctor.findings(survey)).isEmpty();

        survey.layout(new TopicLayout("clocks", Use.CLOCKS, partitions(1, 1, 1), settings("delete", -1, 1)));
        survey.layout(new TopicLayout("clocks", Use.CLOCKS, partitions(1, 1, 1), settings("compact,delete", 1, 1)));
        survey.layout(new TopicLayout("conflicts", Use.FOUND, partitions(1, 1, 1), settings("compact", -1, 1)));
        survey.layout(
                new TopicLayout("all", Use.ORDER_ALL, partitions(1, 1, 1), settings("delete", 48 * HOUR_MS - 1, 1)));
        assertThat(Doctor.findings(survey)).hasSize(4).allMatch(finding -> finding.kind() == FindingKind.NOT_KEPT);
        assertThat(Doctor.findings(survey).get(0).sentence())
                .isEqualTo("A topic of this prefix does not keep its records as they are needed: topic=clocks,"
                        + " cleanup.policy=delete, retention.ms=-1; set cleanup.policy=compact, as a node that does not find"
                        + " its clock becomes somebody new");
    }

    @Test
    void theTopicThatBringsAllTogetherHasOnePartition() {
        survey.layout(new TopicLayout("all", Use.ORDER_ALL, partitions(2, 1, 1), settings("delete", -1, 1)));
        assertThat(theOnly(FindingKind.ORDER_PARTITIONS).matters()).isTrue();
    }

    @Test
    void whatTheNamedProgramNeedsHasToExistAndMayHaveToBeRead() {
        survey.missingOwn("antichain.conflicts");
        survey.refused("orders");
        assertThat(Doctor.findings(survey))
                .extracting(Finding::sentence)
                .containsExactly(
                        "A topic does not exist: topic=antichain.conflicts; create it with 'antichain init';"
                                + " --order-partitions N makes those named order",
                        "A topic may not be read by this login, so its stamps were not seen: topic=orders; have Read on it"
                                + " granted; 'antichain acls --reader-principal' prints all that looking needs");
    }

    @Test
    void aRightThatIsMissingMattersOfTheNamedProgramAlone() {
        survey.rights(rights("a reader", false, State.MISSING));
        survey.rights(rights("the analyzer", true, State.GRANTED, State.UNSEEN));
        assertThat(Doctor.findings(survey)).isEmpty();

        survey.rights(rights("the analyzer", true, State.GRANTED, State.MISSING, State.MISSING));
        assertThat(theOnly(FindingKind.RIGHT_MISSING).sentence())
                .isEqualTo(
                        "This login lacks rights that it needs as the analyzer: missing=Write on topic t1, Write on topic"
                                + " t2; let somebody who may give rights run those commands for them that this prints: antichain"
                                + " acls");
    }

    @Test
    void aRegistryThatHasOurSchemasAndGuardsThemIsWell() {
        survey.registry(registry(false, new SubjectState("s", Standing.REGISTERED, "", "BACKWARD")));
        assertThat(Doctor.findings(survey)).isEmpty();
    }

    @Test
    void aSchemaThatIsNotThereMattersWhereNobodyRegistersIt() {
        SubjectState none = new SubjectState("s", Standing.NONE, "", "");
        survey.registry(registry(false, none));
        assertThat(Doctor.findings(survey)).isEmpty();
        survey.registry(registry(true, none));
        assertThat(theOnly(FindingKind.SCHEMA_MISSING).matters()).isTrue();
    }

    @Test
    void aForeignSchemaMatters() {
        survey.registry(registry(false, new SubjectState("s", Standing.INCOMPATIBLE, "id=7, x", "FULL")));
        assertThat(theOnly(FindingKind.SCHEMA_INCOMPATIBLE).values()).containsEntry("schema", "id=7, x");
        assertThat(theOnly(FindingKind.SCHEMA_INCOMPATIBLE).matters()).isTrue();
    }

    @Test
    void subjectsWithoutCompatibilityAreNotedTogether() {
        survey.registry(registry(
                false,
                new SubjectState("s", Standing.REGISTERED, "", "NONE"),
                new SubjectState("t", Standing.NONE, "", "NONE"),
                new SubjectState("u", Standing.OTHERS, "", "FULL")));
        assertThat(theOnly(FindingKind.COMPATIBILITY_NONE).values()).containsEntry("subjects", "s t");
        assertThat(theOnly(FindingKind.COMPATIBILITY_NONE).matters()).isFalse();
    }

    @Test
    void aRegistryThatIsAwayOrRefusesSaysItsOwnSentence() {
        survey.registry(RegistryAnswers.none("http://r", "No schema registry answered: x; start it"));
        assertThat(theOnly(FindingKind.REGISTRY_AWAY).sentence()).isEqualTo("No schema registry answered: x; start it");
        survey.registry(
                new RegistryAnswers(Optional.empty(), "http://r", List.of(), false, List.of("It refuses; ask")));
        assertThat(theOnly(FindingKind.REGISTERING_REFUSED).sentence()).isEqualTo("It refuses; ask");
    }

    @Test
    void aClockIsOffOnlyByMoreThanCanBeMeasured() {
        survey.clock(new ClockReading("node-1", 5_600, 600));
        survey.clock(new ClockReading("node-2", -60_000, 55_000));
        assertThat(Doctor.findings(survey)).isEmpty();
        survey.clock(new ClockReading("node-3", -5_700, 600));
        assertThat(theOnly(FindingKind.CLOCK_OFF).sentence())
                .isEqualTo(
                        "The wall clock of another machine is not that of this one: machine=node-3, clock=5.7 s behind,"
                                + " give or take 0.6 s; have both set theirs by NTP");
        assertThat(theOnly(FindingKind.CLOCK_OFF).matters()).isFalse();
    }

    @Test
    void aClockThatIsOffByMoreThanTheWindowMatters() {
        survey.clock(new ClockReading("node-3", 24 * HOUR_MS + 1_001, 1_000));
        assertThat(theOnly(FindingKind.CLOCK_BEYOND_WINDOW).matters()).isTrue();
    }

    @Test
    void aTimestampInTheFutureIsSomebodysClock() {
        records(true, 5_000);
        assertThat(clocks()).isEmpty();
        records(true, 5_001);
        assertThat(clocks()).extracting(Finding::kind).containsExactly(FindingKind.CLOCK_OFF);
        assertThat(clocks().get(0).sentence())
                .isEqualTo("A record's timestamp lies in the future, so earlier events count as older than they are:"
                        + " topic=orders, record=partition 0 offset 3, ahead=5.0 s; set the clock of the broker, or of this"
                        + " machine, by NTP");
        records(false, 24 * HOUR_MS + 1);
        assertThat(clocks()).extracting(Finding::kind).contains(FindingKind.CLOCK_BEYOND_WINDOW);
        assertThat(clocks()).anyMatch(finding -> finding.remedy().contains("its producer"));
    }

    @Test
    void aProgramThatWasNamedHasToAnswer() {
        survey.silent(new SilentProgram("http://node-1:8888", "ConnectException"));
        assertThat(theOnly(FindingKind.NO_ANSWER).sentence())
                .isEqualTo("A node or analyzer that was named does not answer: address=http://node-1:8888,"
                        + " failure=ConnectException; start it, or correct --nodes and --analyzer, and --tls-ca for an HTTPS"
                        + " address");
    }

    private Finding theOnly(FindingKind kind) {
        List<Finding> findings = Doctor.findings(survey);
        assertThat(findings).extracting(Finding::kind).containsExactly(kind);
        return findings.get(0);
    }

    private List<Finding> clocks() {
        return Doctor.findings(survey).stream()
                .filter(finding -> finding.kind().name().startsWith("CLOCK_"))
                .toList();
    }

    private void brokers(int count) {
        for (int id = 1; id <= count; id++) {
            survey.broker(new BrokerContact(id, "kafka-" + id + ":9092", Optional.empty(), false));
        }
    }

    private static List<Partition> partitions(int count, int replicas, int inSync) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Partition(number, true, replicas, inSync))
                .toList();
    }

    private static Optional<TopicSettings> settings(String policy, long retentionMs, int minInSync) {
        return Optional.of(new TopicSettings(
                policy.contains("compact"), 0, policy.contains("delete"), retentionMs, -1, true, minInSync));
    }

    private static ProgramRights rights(String program, boolean isNamed, State... states) {
        Map<AccessRule, State> seen = new LinkedHashMap<>();
        for (State state : states) {
            seen.put(
                    new AccessRule(
                            "", AccessRule.Operation.WRITE, AccessRule.Resource.TOPIC, "t" + seen.size(), false, ""),
                    state);
        }
        return new ProgramRights(program, isNamed, seen, "antichain acls");
    }

    private static RegistryAnswers registry(boolean needsOurs, SubjectState... subjects) {
        return new RegistryAnswers(
                Optional.empty(), "http://r", new ArrayList<>(List.of(subjects)), needsOurs, List.of());
    }

    private void records(boolean hasLogAppendTime, long aheadMs) {
        TopicCounts counts = survey.counts("orders");
        counts.settings(new TopicSettings(false, 0, false, -1, -1, hasLogAppendTime, 1));
        counts.begin(0, 0);
        counts.unstamped(new RecordPlace(0, 2, NOW_MS));
        counts.unstamped(new RecordPlace(0, 3, NOW_MS + aheadMs));
        counts.end(NOW_MS);
        survey.read(counts);
    }
}
