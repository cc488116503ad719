package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnknownIdsTest {
    private final UnknownIds ids = new UnknownIds();

    @Test
    void aDenialIsDoubtedForTheGraceTimeFromWhenTheIdWasFirstSeen() {
        assertThat(ids.isDoubted(7, 1_000)).isTrue();
        assertThat(ids.isDoubted(7, 1_000 + UnknownIds.GRACE_MS - 1)).isTrue();
        assertThat(ids.isDoubted(7, 1_000 + UnknownIds.GRACE_MS)).isFalse();
    }

    @Test
    void onePoisonIdTakesNoGraceFromAnother() {
        ids.isDoubted(7, 0);
        ids.isDoubted(7, UnknownIds.GRACE_MS);

        assertThat(ids.isDoubted(8, UnknownIds.GRACE_MS + 1)).isTrue();
    }

    @Test
    void manyPoisonIdsAreWaitedForLessAndLess() {
        long nowMs = 0;
        for (int id = 0; id < 1_000; id++) {
            while (ids.isDoubted(id, nowMs)) {
                nowMs += 100;
            }
        }
        assertThat(nowMs).isBetween(UnknownIds.GRACE_MS, 10 * UnknownIds.GRACE_MS);

        long laterMs = nowMs + UnknownIds.SHORTENED_MS;
        assertThat(ids.isDoubted(-1, laterMs)).isTrue();
        assertThat(ids.isDoubted(-1, laterMs + UnknownIds.GRACE_MS - 1)).isTrue();
    }

    @Test
    void whatWasDeniedForTheGraceTimeIsAskedForOnceASecondWithoutWaiting() {
        ids.isDoubted(7, 0);
        assertThat(ids.isBelieved(7, 0)).isFalse();
        long believedMs = UnknownIds.GRACE_MS;
        ids.isDoubted(7, believedMs);

        assertThat(ids.isBelieved(7, believedMs + UnknownIds.ASK_EVERY_MS - 1)).isTrue();
        long askedMs = believedMs + UnknownIds.ASK_EVERY_MS;
        assertThat(ids.isBelieved(7, askedMs)).isFalse();
        assertThat(ids.isDoubted(7, askedMs)).isFalse();
        assertThat(ids.isBelieved(7, askedMs + 1)).isTrue();
    }

    @Test
    void anIdThatBecameKnownHasItsGraceAgain() {
        ids.isDoubted(7, 0);
        ids.known(7);

        assertThat(ids.isDoubted(7, 10 * UnknownIds.GRACE_MS)).isTrue();
    }

    @Test
    void ofManyIdsTheOldestAreForgotten() {
        ids.isDoubted(-1, 0);
        ids.isDoubted(-1, UnknownIds.GRACE_MS);
        for (int id = 0; id < 10_000; id++) {
            ids.isDoubted(id, UnknownIds.GRACE_MS);
        }

        assertThat(ids.isBelieved(-1, UnknownIds.GRACE_MS)).isFalse();
    }
}
