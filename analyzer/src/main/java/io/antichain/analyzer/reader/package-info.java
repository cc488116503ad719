/**
 * What answers questions about history: a bounded view of the newest events and of what was found in them.
 * Start at {@link io.antichain.analyzer.reader.View}, the whole of it, told things by one thread;
 * {@link io.antichain.analyzer.reader.SharedView} lets others ask.
 */
package io.antichain.analyzer.reader;
