package io.antichain.analyzer.reader;

import static io.antichain.analyzer.reader.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.reader.Pages.Place;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Predicate<HeldEvent> EVEN = event -> event.seq() % 2 == 0;
    private static final int SEEDS = 500;

    /** With the even seqs from 100 to 118. */
    private final List<HeldEvent> arrived =
            arrived(100, 20, 0).stream().filter(EVEN).toList();

    @Test
    void withoutAPlaceTheNewestAreGiven() {
        assertPage(new Place.Newest(), 3, List.of(114L, 116L, 118L), 7, 0);
    }

    @Test
    void beforeASeqTheLastBeforeItAreGiven() {
        assertPage(new Place.Before(104), 5, List.of(100L, 102L), 0, 8);
        assertPage(new Place.Before(105), 2, List.of(102L, 104L), 1, 7);
        assertPage(new Place.Before(50), 2, List.of(), 0, 10);
    }

    @Test
    void afterASeqTheFirstAfterItAreGiven() {
        assertPage(new Place.After(104), 2, List.of(106L, 108L), 3, 5);
        assertPage(new Place.After(5), 2, List.of(100L, 102L), 0, 8);
        assertPage(new Place.After(118), 2, List.of(), 10, 0);
        assertPage(new Place.After(Long.MAX_VALUE - 1), 2, List.of(), 10, 0);
    }

    @Test
    void aroundASeqItStandsInTheMiddle() {
        assertPage(new Place.Around(108), 3, List.of(106L, 108L, 110L), 3, 4);
        assertPage(new Place.Around(100), 3, List.of(100L, 102L, 104L), 0, 7);
        assertPage(new Place.Around(118), 3, List.of(114L, 116L, 118L), 7, 0);
        assertPage(new Place.Around(900), 4, List.of(112L, 114L, 116L, 118L), 6, 0);
    }

    @Test
    void goingOnFromPageToPageMeetsEachOnce() {
        System.out.println("pages: seeds 1 to " + SEEDS);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<HeldEvent> even = arrived(random.nextInt(50), 1 + random.nextInt(60), random.nextInt(1_000)).stream()
                    .filter(EVEN)
                    .toList();
            int limit = 1 + random.nextInt(20);
            List<Long> forward = new ArrayList<>();
            Pages<HeldEvent> page = Pages.ofEvents(even, new Place.After(-1), limit);
            while (!page.part().isEmpty()) {
                page.part().forEach(event -> forward.add(event.seq()));
                page = Pages.ofEvents(even, new Place.After(forward.get(forward.size() - 1)), limit);
            }
            assertThat(forward)
                    .as("seed %d", seed)
                    .isEqualTo(even.stream().map(HeldEvent::seq).toList());
        }
    }

    @Test
    void aPageOfLargeEventsIsCutAtTheFarEnd() {
        List<HeldEvent> large = arrived(0, 1_000, 4_000);
        Pages<HeldEvent> newest = Pages.ofEvents(large, new Place.Newest(), 1_000);
        assertThat(newest.part()).hasSizeBetween(100, 999);
        assertThat(newest.newer()).isZero();
        assertThat(newest.older()).isEqualTo(1_000 - newest.part().size());
        Pages<HeldEvent> oldest = Pages.ofEvents(large, new Place.After(-1), 1_000);
        assertThat(oldest.older()).isZero();
        assertThat(oldest.newer()).isEqualTo(1_000 - oldest.part().size());
    }

    private void assertPage(Place place, int limit, List<Long> seqs, long older, long newer) {
        Pages<HeldEvent> page = Pages.ofEvents(arrived, place, limit);
        assertThat(page.part()).extracting(HeldEvent::seq).isEqualTo(seqs);
        assertThat(page.older()).isEqualTo(older);
        assertThat(page.newer()).isEqualTo(newer);
    }

    /** @param keyLength of their keys, which are not cut */
    private static List<HeldEvent> arrived(long firstSeq, int count, int keyLength) {
        return LongStream.range(firstSeq, firstSeq + count)
                .mapToObj(seq -> new HeldEvent(event(seq + 1, keyLength), new Position("t", 0, seq), 0).numbered(seq))
                .toList();
    }

    private static Event event(long counter, int keyLength) {
        return message("a:" + counter, "{a=" + counter + "}", "k".repeat(keyLength), "");
    }
}
