package io.antichain.schemas.registry;

/** The schema registry refused the login (401), or does not permit its user what was asked (403): somebody has to change that. */
public final class RegistryLoginRefusedException extends RegistryUnavailableException {
    RegistryLoginRefusedException(String message) {
        super(message, null);
    }
}
