package io.antichain.cli.verify;

import io.antichain.cli.verify.Verification.Pair;
import io.antichain.clocks.Dot;
import java.util.ArrayList;
import java.util.List;

/** The differences found so far: all are counted, the first are named. */
final class Differences {
    final List<Pair> missing = new ArrayList<>();
    final List<Pair> extra = new ArrayList<>();
    long missingPairs;
    long extraPairs;
    long unchecked;
    /** How many of the missing pairs lie beyond the window. */
    long falselyComplete;
    /** How many true pairs beyond the window are reported. */
    long remembered;

    void missing(Dot later, Dot earlier) {
        missingPairs++;
        name(missing, later, earlier);
    }

    void extra(Dot later, Dot earlier) {
        extraPairs++;
        name(extra, later, earlier);
    }

    private static void name(List<Pair> pairs, Dot later, Dot earlier) {
        if (pairs.size() < Verification.NAMED) {
            pairs.add(new Pair(later, earlier));
        }
    }
}
