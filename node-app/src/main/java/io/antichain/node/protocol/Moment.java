package io.antichain.node.protocol;

/**
 * A moment.
 *
 * @param wallMs wall clock, ms since 1970 UTC: goes into messages for information, and decides nothing
 * @param steadyMs ms since some fixed moment, never falling: decides when a sign of life is due
 */
public record Moment(long wallMs, long steadyMs) {}
