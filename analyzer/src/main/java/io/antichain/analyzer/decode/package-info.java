/** From the bytes of a record to an event, or to why they are none; waits for the schema registry. */
package io.antichain.analyzer.decode;
