/** Why two events are ordered or concurrent, as data first and a sentence second. */
package io.antichain.analyzer.explanation;
