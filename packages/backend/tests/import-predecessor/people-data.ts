import { hashSync } from 'bcryptjs'

export const PASSWORD = 'the old password of ada'
const AT = '2025-11-05 08:30:00'
const hash = hashSync(PASSWORD, 4)

/** Emails that nobody here can have, or that more than one user has. */
const BAD_USERS = [
  "(20,'not an address','Nora',NULL,0,NULL,1)",
  // Cyrillic а
  "(21,'аda@example.org','Look-alike',NULL,0,NULL,1)",
  "(22,'twice@example.org','First',NULL,0,NULL,1)",
  "(23,'TWICE@example.org','Second',NULL,1,NULL,1)",
  "(24,'gone@example.org','Switched off',NULL,0,NULL,0)",
  "(NULL,'noid@example.org','No id',NULL,0,NULL,1)",
  "(25,'taken@example.org','Taken over',NULL,1,NULL,1)",
]

/**
 * A predecessor with `count` users without reports, three with (Ada has a password of bcrypt, Ben was an administrator, Cleo
 * has a hash of another kind), and seven that are rejected.
 */
export function dumpWithPeople(count = 0): string {
  const many = Array.from({ length: count }, (_, n) => `(${100 + n},'user${n}@example.org','User ${n}',NULL,0,NULL,1)`)
  const users = [
    `(1,'Ada@Example.org','Ada','${hash}',0,'de',1)`,
    `(2,'ben@example.org','Ben',NULL,1,'en',1)`,
    `(3,'cleo@example.org','Cleo','5f4dcc3b5aa765d61d8327deb882cf99',0,NULL,1)`,
    ...BAD_USERS,
    ...many,
  ]
  return `
CREATE TABLE \`users\` (\`id\` int, \`email\` varchar(255), \`display_name\` varchar(255), \`password_hash\` varchar(255),
  \`is_admin\` tinyint(1), \`locale\` varchar(9), \`is_active\` tinyint(1), PRIMARY KEY (\`id\`));
CREATE TABLE \`parking_zones\` (\`id\` int, \`name\` varchar(255), \`latitude\` decimal(10,8), \`longitude\` decimal(11,8), PRIMARY KEY (\`id\`));
CREATE TABLE \`user_reports\` (\`id\` int, \`user_id\` int, \`zone_id\` int, \`report_type\` varchar(20), \`created_at\` datetime, PRIMARY KEY (\`id\`));
CREATE TABLE \`report_images\` (\`id\` int, \`report_id\` int, \`image_url\` varchar(255), PRIMARY KEY (\`id\`));
INSERT INTO \`users\` VALUES ${users.join(',\n')};
INSERT INTO \`parking_zones\` VALUES (1,'King Row','37.79000000','-122.39000000');
INSERT INTO \`user_reports\` VALUES (1,1,1,'full','${AT}'),(2,1,1,'full','${AT}'),(3,2,1,'full','${AT}'),(4,3,1,'full','${AT}'),(5,NULL,1,'full','${AT}');
INSERT INTO \`report_images\` VALUES (1,1,'https://old.example/uploads/one.jpg'),(2,3,'uploads/two.png'),(3,9,'uploads/three.jpg'),
  (4,1,'../secret.jpg'),(5,4,'uploads/text.jpg'),(6,4,'uploads/missing.jpg'),(7,4,'uploads/bomb.png');
`
}

export const REJECTED = 7
