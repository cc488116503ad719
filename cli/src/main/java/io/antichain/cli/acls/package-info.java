/**
 * The rights that each program needs on a cluster that denies by default, and no more.
 * Start at {@link io.antichain.cli.acls.AccessRules}.
 */
package io.antichain.cli.acls;
