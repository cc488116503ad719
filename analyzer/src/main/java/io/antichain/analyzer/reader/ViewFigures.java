package io.antichain.analyzer.reader;

import java.util.Map;
import java.util.Optional;

/**
 * The view in numbers. What is <em>seen</em> was read since the program started, what is <em>held</em> is in view.
 *
 * @param reading how far the reader is with the history that stood in the topics when it started; empty once it is through
 * @param heldEvents events in view
 * @param seenEvents events read that counted when they came
 * @param limit the most events in view
 * @param heldConflicts conflict records in view
 * @param seenConflicts conflict records read
 * @param seenPairs the concurrent pairs that these stand for
 * @param openKeys keys with more than one sibling
 * @param anomalies read, by kind
 * @param deadLetters read, by reason
 * @param processes of which events are in view
 */
public record ViewFigures(
        Optional<String> reading,
        int heldEvents,
        long seenEvents,
        int limit,
        int heldConflicts,
        long seenConflicts,
        long seenPairs,
        int openKeys,
        Map<String, Long> anomalies,
        Map<String, Long> deadLetters,
        int processes) {}
