package io.antichain.cli.doctor;

/**
 * A node or an analyzer that does not answer.
 *
 * @param failure what happened, for people
 */
public record SilentProgram(String address, String failure) {}
