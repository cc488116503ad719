/**
 * The analyzer end to end over a broker, beside a bare consumer, a pass-through topology and the obvious alternative, on
 * the same input in one run. Start at {@link io.antichain.benchmarks.analyzer.AnalyzerMeasurement}.
 */
package io.antichain.benchmarks.analyzer;
