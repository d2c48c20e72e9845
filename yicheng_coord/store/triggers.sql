-- What the database itself refuses. The triggers that record changes are made by history.py.

CREATE TRIGGER operation_is_append_only BEFORE UPDATE ON operation WHEN OLD.hash IS NOT NULL
BEGIN SELECT raise(ABORT, '历史记录只增不改'); END;
CREATE TRIGGER operation_stays BEFORE DELETE ON operation
BEGIN SELECT raise(ABORT, '历史记录只增不删'); END;
CREATE TRIGGER change_is_append_only BEFORE UPDATE ON change
BEGIN SELECT raise(ABORT, '历史记录只增不改'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change
BEGIN SELECT raise(ABORT, '历史记录只增不删'); END;
CREATE TRIGGER change_within_operation BEFORE INSERT ON change
WHEN (SELECT hash FROM operation WHERE id = NEW.operation_id) IS NOT NULL
BEGIN SELECT raise(ABORT, '只能通过 coord 改动登记内容'); END;

-- 二（二）2: 不得再行移送
CREATE TRIGGER no_second_transfer BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM transfer AS earlier
             WHERE earlier.case_id = NEW.case_id AND earlier.answer IS 'accepted')
BEGIN SELECT raise(ABORT, '已受理的案件不得再行移送（二（二）2）'); END;
CREATE TRIGGER declined_goes_to_government BEFORE INSERT ON transfer
WHEN NEW.assigned_on IS NULL AND EXISTS (
  SELECT 1 FROM transfer AS earlier
  WHERE earlier.case_id = NEW.case_id AND earlier.withdrawn_on IS NULL)
BEGIN SELECT raise(ABORT, '不属于接收单位管辖的，报请区人民政府决定，不得再行移送（二（二）2）'); END;
CREATE TRIGGER assignment_follows_referral BEFORE INSERT ON transfer
WHEN NEW.assigned_on IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM transfer AS earlier
  WHERE earlier.id = NEW.predecessor_id AND earlier.case_id = NEW.case_id
    AND earlier.replaced_on IS NEW.assigned_on
    AND (earlier.referred_on IS NOT NULL OR earlier.assigned_on IS NOT NULL))
BEGIN SELECT raise(ABORT, '区人民政府的指定须以报请为前提（二（二）2）'); END;

-- 六（二）: 不得以罚代刑
CREATE TRIGGER no_penalty_instead BEFORE UPDATE OF closed_on ON case_file
WHEN NEW.closed_on IS NOT NULL AND OLD.closed_on IS NULL AND EXISTS (
  SELECT 1 FROM matter JOIN happening AS sent ON sent.matter_id = matter.id
  WHERE matter.case_id = NEW.id AND matter.letter = 'C' AND sent.event = 'crime.sent'
    AND NOT EXISTS (SELECT 1 FROM happening AS answer WHERE answer.matter_id = matter.id
      AND answer.event IN ('crime.filed', 'crime.declined', 'crime.returned')))
BEGIN SELECT raise(ABORT, '公安机关答复以前不得结案，不得以罚代刑（六（二））'); END;

-- One letter at one level for one clock.
CREATE TRIGGER reminded_once BEFORE INSERT ON reminder_item
WHEN EXISTS (
  SELECT 1 FROM reminder_item AS earlier JOIN reminder ON reminder.id = earlier.reminder_id
  WHERE earlier.duty_id = NEW.duty_id AND earlier.due_on = NEW.due_on
    AND earlier.due_at IS NEW.due_at AND earlier.assumed_start = NEW.assumed_start
    AND reminder.level = (SELECT level FROM reminder WHERE id = NEW.reminder_id))
BEGIN SELECT raise(ABORT, '同一时限同一级只催办一次'); END;
