/**
 * The Kafka Streams application around the order engine. {@link io.antichain.analyzer.topology.AnalyzerTopology} reads top
 * to bottom as the data flows; everything that touches Kafka in the analyzer is here.
 */
package io.antichain.analyzer.topology;
