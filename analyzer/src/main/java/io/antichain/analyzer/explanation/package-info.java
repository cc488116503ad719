/**
 * Why a verdict holds, as data first (the clock entries that decide it) and as a sentence made from them.
 * Start at {@link io.antichain.analyzer.explanation.Explanation}.
 */
package io.antichain.analyzer.explanation;
