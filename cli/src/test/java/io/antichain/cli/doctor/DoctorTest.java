package io.antichain.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each check, told what it must find and what it must let pass. */
class DoctorTest {
    private static final long HOUR_MS = 3_600_000;
    private static final TopicSettings SOUND = new TopicSettings(false, 0, true, 7 * 24 * HOUR_MS, -1, true, 1);

    private final Survey survey = new Survey(new Thresholds(4, 100, 24 * HOUR_MS));
    private TopicCounts orders;
    private long offset;
    private long nowMs = 1_800_000_000_000L;

    @Test
    void nothingIsFoundInATopicOfProcessesThatReadEachOther() {
        begin(SOUND);
        stamped("a:1", "{a=1}");
        stamped("b:1", "{a=1, b=1}");
        stamped("a:2", "{a=2, b=1}");
        assertThat(Doctor.findings(survey)).isEmpty();
    }

    @Test
    void aTopicThatIsMissingMatters() {
        survey.missing("payments");
        assertThat(theOnly().sentence())
                .isEqualTo("A topic does not exist: topic=payments; create it, or correct --topics");
        assertThat(theOnly().matters()).isTrue();
    }

    @Test
    void anEmptyTopicIsNoted() {
        begin(SOUND);
        assertThat(theOnly().kind()).isEqualTo(FindingKind.TOPIC_EMPTY);
        assertThat(theOnly().matters()).isFalse();
    }

    @Test
    void aTopicWithoutAnyStampMatters() {
        begin(SOUND);
        unstamped();
        unstamped();
        assertThat(theOnly().sentence())
                .isEqualTo("No record of a topic carries a stamp: topic=orders, records=2; add the library to the"
                        + " services that publish to it: docs/stamp-my-service.md");
        assertThat(theOnly().matters()).isTrue();
    }

    @Test
    void recordsFromBeforeTheLibraryAreNotedAndLaterOnesMatter() {
        begin(SOUND);
        unstamped();
        stamped("a:1", "{a=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.UNSTAMPED_BEFORE);
        assertThat(theOnly().matters()).isFalse();
        unstamped();
        assertThat(theOnly().kind()).isEqualTo(FindingKind.UNSTAMPED);
        assertThat(theOnly().matters()).isTrue();
        assertThat(theOnly().values())
                .containsEntry("unstamped", "1")
                .containsEntry("records", "3")
                .containsEntry("first", "partition 0 offset 2");
    }

    @Test
    void stampsInAnotherPartitionDoNotDateThoseWithout() {
        begin(SOUND);
        orders.begin(1, 0);
        stamped("a:1", "{a=1}");
        orders.unstamped(new RecordPlace(1, 0, nowMs));
        assertThat(theOnly().kind()).isEqualTo(FindingKind.UNSTAMPED_BEFORE);
    }

    @Test
    void aStampThatCannotBeReadMatters() {
        begin(SOUND);
        stamped("a:1", "{a=1}");
        orders.unreadable(place(), "BROKEN_STAMP");
        orders.unreadable(place(), "INVALID_VALUE");
        assertThat(theOnly().matters()).isTrue();
        assertThat(theOnly().sentence())
                .startsWith("Stamps of a topic cannot be read: topic=orders, records=2, first=partition 0 offset 1,"
                        + " failure=BROKEN_STAMP; ");
    }

    @Test
    void aClockThatLacksItsOwnCounterMatters() {
        begin(SOUND);
        stamped("a:2", "{a=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.IMPOSSIBLE_STAMP);
        assertThat(theOnly().values()).containsEntry("failure", "OWN_ENTRY_MISMATCH");
    }

    @Test
    void aClockOfMoreThanHalfTheWidthIsNotedAndOneThatIsRefusedMatters() {
        begin(SOUND);
        stamped("a:1", "{a=1, b=1}");
        assertThat(Doctor.findings(survey)).isEmpty();
        stamped("a:2", "{a=2, b=1, c=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.CLOCK_WIDE);
        assertThat(theOnly().matters()).isFalse();
        stamped("a:3", "{a=3, b=1, c=1, d=1, e=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.CLOCK_TOO_WIDE);
        assertThat(theOnly().matters()).isTrue();
        assertThat(theOnly().values())
                .containsEntry("entries", "5")
                .containsEntry("max-clock-width", "4")
                .containsEntry("first", "partition 0 offset 2");
    }

    @Test
    void aProcessThatKnowsOnlyItsOwnLivesIsNamedWhereThereAreOthers() {
        begin(SOUND);
        stamped("audit:1", "{audit=1}");
        stamped("audit~7:1", "{audit=1, audit~7=1}");
        assertThat(Doctor.findings(survey)).as("nobody else is there").isEmpty();
        stamped("a:1", "{a=1, audit=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.READS_NOTHING);
        assertThat(theOnly().values())
                .containsEntry("process", "audit")
                .containsEntry("records", "2")
                .containsEntry("topics", "orders");
        assertThat(survey.processes()).extracting(ProcessCounts::lives).containsExactly(1, 2);
    }

    @Test
    void severalStampsInOneRecordMatter() {
        begin(SOUND);
        orders.stamped(place(), event("a:1", "{a=1}"), false, true);
        assertThat(theOnly().kind()).isEqualTo(FindingKind.STAMP_REPEATED);
        assertThat(theOnly().matters()).isTrue();
    }

    @Test
    void stampsThatAreTextAreNoted() {
        begin(SOUND);
        stamped("a:1", "{a=1}");
        orders.stamped(place(), event("a:2", "{a=2}"), true, false);
        assertThat(theOnly().kind()).isEqualTo(FindingKind.TEXT_HEADERS);
        assertThat(theOnly().matters()).isFalse();
        assertThat(theOnly().values()).containsEntry("records", "1").containsEntry("first", "partition 0 offset 1");
    }

    @Test
    void compactionWithinTheWindowMatters() {
        begin(new TopicSettings(true, 23 * HOUR_MS, false, 1, -1, true, 1));
        stamped("a:1", "{a=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.COMPACTED);
        assertThat(theOnly().matters()).isTrue();
        orders.settings(new TopicSettings(true, 24 * HOUR_MS, false, 1, -1, true, 1));
        assertThat(Doctor.findings(survey))
                .as("the lag is as long as the window")
                .isEmpty();
    }

    @Test
    void retentionShorterThanTheWindowMatters() {
        begin(new TopicSettings(false, 0, true, 24 * HOUR_MS - 1, -1, true, 1));
        stamped("a:1", "{a=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.RETENTION_TOO_SHORT);
        assertThat(theOnly().values()).containsEntry("window-time", "24 h");
        orders.settings(new TopicSettings(false, 0, true, 24 * HOUR_MS, -1, true, 1));
        assertThat(Doctor.findings(survey)).isEmpty();
        orders.settings(new TopicSettings(false, 0, true, -1, -1, true, 1));
        assertThat(Doctor.findings(survey)).as("kept for ever").isEmpty();
    }

    @Test
    void whatSizeHasDeletedMattersIfTheWindowWouldHoldIt() {
        begin(new TopicSettings(false, 0, true, -1, 1_000, true, 1));
        orders.begin(0, 500);
        stamped("a:1", "{a=1}");
        stamped("a:2", "{a=2}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.WINDOW_CUT);
        assertThat(theOnly().values()).containsEntry("oldest-offset", "500").containsEntry("retention.bytes", "1000");
        nowMs += 24 * HOUR_MS;
        stamped("a:3", "{a=3}");
        assertThat(Doctor.findings(survey)).as("a day is kept").isEmpty();
    }

    @Test
    void asManyRecordsAsTheWindowHoldsAreEnough() {
        begin(new TopicSettings(false, 0, true, -1, 1_000, true, 1));
        orders.begin(0, 500);
        for (int i = 1; i <= 99; i++) {
            stamped("a:" + i, "{a=" + i + "}");
        }
        assertThat(theOnly().kind()).isEqualTo(FindingKind.WINDOW_CUT);
        stamped("a:100", "{a=100}");
        assertThat(Doctor.findings(survey)).isEmpty();
    }

    @Test
    void timestampsOfProducersAreNotedAndThoseThatFallByMoreThanTheWindowMatter() {
        begin(new TopicSettings(false, 0, true, -1, -1, false, 1));
        stamped("a:1", "{a=1}");
        nowMs -= 24 * HOUR_MS;
        stamped("a:2", "{a=2}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.CREATE_TIME);
        assertThat(theOnly().matters()).isFalse();
        nowMs -= 1_000;
        stamped("a:3", "{a=3}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.LOG_TIME_FALLS);
        assertThat(theOnly().matters()).isTrue();
        assertThat(theOnly().values())
                .containsEntry("furthest", "partition 0 offset 2")
                .containsEntry("behind", "86401 s");
    }

    @Test
    void settingsThatMayNotBeReadAreNoted() {
        orders = survey.counts("orders");
        survey.read(orders);
        orders.begin(0, 0);
        stamped("a:1", "{a=1}");
        assertThat(theOnly().kind()).isEqualTo(FindingKind.SETTINGS_UNKNOWN);
        assertThat(theOnly().matters()).isFalse();
    }

    @Test
    void whatMattersComesFirst() {
        begin(SOUND);
        orders.stamped(place(), event("a:1", "{a=1}"), true, false);
        survey.missing("payments");
        orders.unreadable(place(), "BROKEN_STAMP");
        assertThat(Doctor.findings(survey))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.TOPIC_MISSING, FindingKind.UNREADABLE, FindingKind.TEXT_HEADERS);
    }

    private Finding theOnly() {
        List<Finding> findings = Doctor.findings(survey);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private void begin(TopicSettings settings) {
        orders = survey.counts("orders");
        survey.read(orders);
        orders.begin(0, 0);
        orders.settings(settings);
    }

    private void stamped(String dot, String clock) {
        orders.stamped(place(), event(dot, clock), false, false);
    }

    private void unstamped() {
        orders.unstamped(place());
    }

    private RecordPlace place() {
        return new RecordPlace(0, offset++, nowMs);
    }

    private static Event event(String dot, String clock) {
        Dot parsed = Dot.parse(dot);
        return new Event(
                parsed.process(),
                parsed.counter(),
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(1),
                Optional.of("k"),
                "",
                0,
                Event.Kind.MESSAGE);
    }
}
