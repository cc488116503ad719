package io.antichain.cli.verify;

import io.antichain.analyzer.order.Traits;
import java.util.Arrays;

/** Of which rows two are a pair that counts, if they are concurrent: what conditions on pairs need to know of each. */
final class PairRows {
    private Traits[] traits = {};

    void put(int row, Traits rowsTraits) {
        if (row >= traits.length) {
            traits = Arrays.copyOf(traits, Math.max(1_024, 2 * row));
        }
        traits[row] = rowsTraits;
    }

    /** Whether every pair counts. */
    boolean isEmpty() {
        return traits.length == 0;
    }

    boolean arePair(int row, int other) {
        return Traits.arePair(of(row), of(other));
    }

    private Traits of(int row) {
        return row < traits.length ? traits[row] : null;
    }
}
