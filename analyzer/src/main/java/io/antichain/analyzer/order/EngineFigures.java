package io.antichain.analyzer.order;

import java.util.OptionalLong;

/**
 * How an engine stands.
 *
 * @param held how many events the window holds
 * @param heldBytes how much memory they take, bytes
 * @param windowBeganMs log time of the oldest of them, ms since 1970 UTC; empty if there is none
 * @param processes how many processes it knows
 * @param keys scope key: how many keys have events in the window
 * @param rememberedKeys scope key: of how many keys siblings are remembered beyond it
 * @param rememberedBytes how much memory these take, bytes
 * @param forgottenKeys how many keys were forgotten for want of memory
 */
public record EngineFigures(
        long held,
        long heldBytes,
        OptionalLong windowBeganMs,
        int processes,
        int keys,
        int rememberedKeys,
        long rememberedBytes,
        long forgottenKeys) {}
