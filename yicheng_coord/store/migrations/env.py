"""What Alembic runs to climb the steps: on the connection that `upgrade` holds, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
