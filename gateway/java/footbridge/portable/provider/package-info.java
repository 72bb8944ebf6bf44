/// Finds the classes of a Jakarta Messaging provider and makes its connection factory.
@NullMarked
package footbridge.portable.provider;

import org.jspecify.annotations.NullMarked;
