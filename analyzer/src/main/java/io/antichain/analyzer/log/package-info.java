/** The log of events as an engine needs it: which partitions of which topics, read from an offset, and from where on it is there. */
package io.antichain.analyzer.log;
